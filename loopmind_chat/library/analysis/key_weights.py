"""The fitted numbers of the key model, as ``python -m training.analysis.keys`` wrote them."""

from typing import Final

SHARPNESS: Final = 0.88
"""The scores times this are log odds that hold for instruments which were not fitted on."""
# fmt: off
PROFILE_WEIGHTS: Final = (
    r"<<uE082=Ra^XIkl9R}$V@dOMA3^eBm^fMt8_(kst6e{u}-|Ow^{~-Dh`_=6t1rP_U_5J1)*77U;0Qu1I;LyewwZ0Ah<?aI77#!j0"
    r"7tr+9Bmoi9`rpyS0u$*P@e(4{1O(O&64U4y*d`zn5<4Ru%+vc1HXgmy1r_%I+ey#;<NW+mK)X8w-U<~Q;SlcZROL(M{s{c)E41j1"
    r"ATbjmhJo-U^&M#R(?1Za5BTH2{rdp~uk6k^Uh@Fx8Xgt}p(WcU;RNFViY^K-($d84FD3!+@ZGKe+{FeF<n$CBM)~lxaw#G5{rl<R"
    r"`}6-<^bPIKSMKo77XkP1?%NvjHZk7>R2L8C9On=(8_zQI=m-uW5(wP`yWsCb1O*4(-}Sl>!T=&I*6bkv{JrBD#Q6N~0Q%S3{<IJL"
    r"9`FVHT?yp-74!SyAl=#B0WS$E@Eio}9o)ht0xk#q9|H!x-M|A6!r;y)>-PNerONaF`6KJyA{7ib`Sj=S=lAFIKIdfsA0A2nC&$*#"
    r"92y1e@X!Sr01MmM|5W<lB>n);(fI=Y<KWXjA@2X<`r0KD_aNHH8R7#A*a-$2<>uoJA~OE-HtZ<$3a-*I-Q(~GC;a%|LDdHr?-1x5"
    r";Qs-{^8x+(0tFE88v`Z(0$2y`E6x4__mC*?5#Y4iCBfC%5bY8Tzz)MP-VPZ69m)wR8W1lXEDO~T@)`aH5bGlE^V%ID=pX|D4(mJM"
    r"9Xt*R74+T-5grA{!b~RD=Nk9_Bmy!K3myI603*vK@b&fh69wNQItnfp*+l^R2PX3`y6+wBQWypn81Mfe@g?oY^}Ct(!W}Ig_uVP;"
    r"-Kwt-*#HvC_s9(9JpI-11j!2nIprV8wD9P=0y@q>zU1f22^F~B=%?}^{5c6)9wP+P)urd!6hiL+3hW0Zq#??@-5|ayx5^Mbp*<M~"
    r"`4adE2hT$0AN~m{JApZY2=f!*l))1m;wAbT<1Gue{M!e{5%MJy+4$&DFbxgMPy+@s|0C}_B>VXZkoFDdf&UKa{pJw>r_{9#{N@kr"
    r"=kxmxEB7iNCHnN;<u3`~xDgu(`2xKRIr$B~DEIRQ2C)L;JS)=yQ|ail85JJ_4bu|(;OOxW2j~0_-Qmh5?*Huf+YqPZpZ5w8)chsy"
    r"@6OOJ#r*y36At6r{iqu4|HB^REd$u!r{5>>Df7tp(ZL(&{pd>p6yBQ%MoWtjHV6g+7a9Kqvl#{op8*{B!0+)iw-*os9}Y7={jDFX"
    r">+byQ68G>P|2sVy1)~GF5CZV}5H}3-3=Hbz9TX`6F&_*54eR(3_yW}Y{qGX!4izWzL^2h{9=HS2_8$-p2piJ+O(yREO)16IG6nGv"
    r">>c+3Bq|xQXx=Ie);Z@#_#fN(E%{&I5Gg_=FTMk}21GU50q*J`DW6;o4iDMj8_4C-76>fis2rg(BOxFmX#x%iz4P@R3nJMI^fwYS"
    r"_TdsBHv{?&feh67$lE&T<vk`0XW#1bE&>AP^b#T12>Jj6Dk&oV`R>U30tVd<>>UXQ1RDGu))XTN7%>71`6U7f?ExGk5&s<n?iLZm"
    r"7V+oY1K<(|3>*K{5f`lo5(Dh~4gU8A761VG{Pywj3J(nmx!>d8^!EPw><9t{1_bjK-177Y;UW$Z0Q3~`1pw{-`tT9<-3}5L>COuA"
    r")%y$n1pfu`0sij|E$ayZ+4v0F{Nfn@75Wp~B?s&H{|NC1BNGDX`ttb$9S-Ud1r*i^=Lqu%7W4893hwwF^e6Z2-0bE1$27J23;HPS"
    r"5%m5I8XXD#3;6^7=kNLT_uB*u3fBSc69@e03(yV;{}mJe4hY#E2j&RY_xalh<r5nn4d?(01Rwe3<@NOv9SIQT2O#zS5(Eeg9q$Vz"
    r"Jj)6Y`TP9#2nqG*86xrb4euNu0}$l;R3E_u{1z1v4eJEw4f*x^4FT>J4BHIE-P!gI_zb=r2m1sV%ljYu2l)iM0q6Vx_yW=j{N)t{"
    r")cgME5gPl|`U3P76ejW+<o*Q}0ssK_2HzqL0s<BU0}}KO-SigmMf$J#5fK3w2nGTD+UN|?01p!%3fcnr@aF;m?f@9X3I6RG`Ts5g"
    r"`{o(T`Q-r)><HoO)7c9G`uG9)It%~`0tg`?=l}xs+a~tV4EY`b4h<CD2JH(T_#6onA?X7K>=y&@2MhxM2`T6L|M=_&7V!Zb>Gua4"
    r"@9+m6_6Q07@dWSf6Yu%-?&j_x`VkD$7Rv?d_yp(t1quTL2kz|c3-$rp^BC#;`|tbw5EU&A7v}Kl2oKNv1pOHj5gz*z^#3Xn799c+"
    r"AQA%x@$>x_3jzrH|GV_B0r~di00IFJ<O&A``vd_2_yyhw`2Gd=@c{?y_yz3m`Tzz0><<<L`1$_l0}1T}8~XY9|L^|>_W=h6^8OYI"
    r"1_%29`Sbn)?;q+0_wxzv?+EP$`uX%N4f_oc`3e0N00ZOe64);O@(TOs6YT}y1orjw@Xh!M1Mdy~3k&_$0r>m+{qy(X)BE8c6%YOo"
    r"4HOIX*73jr1rX8m_8RyO{|wmr84CO982bMR^UMPM;tup08VCjXCJX%F`vd?L1{M%0+xisS919M)8Tb1A_|gv10t4|08~YXD{N(-*"
    r"_zD^Z-uUYU7X$_m{{Q<s4Db&1|McJH`~&R%_zD&V0T2re=K})<3KIeo^W_%*3=ACv68--K5%vlW|NZ^)()kJ#`yAE;`}h7M2>bf~"
    r"5CQw-{Qd~<#`pCA+vxEE=i~4G{}B)G7yt$Z`5p2A@DBs*2LLSs^$Z&k2jdFc_8SE8(boI{AOQOa^bi8-4g&7t{08?F?D*sm6YdM_"
    r"`vCS7{0j#D3-kpL1ojUD^8yGU1{eVS`{KLl`P1Y9-0%JhEb9gQ`1A__?d<{u`T6v#4gLxE_vaAk5DW3}^A-aS`P}^X6vzqL2p7`!"
    r"0|npt{r>?9_ubPR^Vb0w4)+V}2>A8>5&`f1_xt__>KhFi9{L9l5fByl75WbH7!?u<1N{Z_4fp`$>JJL`=?eoK3;hG$2@Ul4{_iXO"
    r">E;po>=yC`>k35r0rmm)-~jsgD+}-%`S<bCA^h?#78n1|=l=x^00Z;;`26w$-~0df`R)Vp^$Gp#;mrj64hj1CBlZdd_Vn}26#V)E"
    r"`2-5&_xSk>4*UKO1M><97aZ~f{Qdp_<q#9-{0sE$0Vv@A?+*6!?$QVQ-x~|}?E?wg_Xhp-{R$)z`v2<x3;Xj2{Pq12{POJx>i_ls"
    r"0{{&D2L}iM4*KvH9~b`V`}GC*?+*VT`QzdP+YSK#=k@a$5C;?9AKlUI>=yV9;P(#<@$UfV3H|{Z4cPGn>Eiki5(*me{O1A^1o{E?"
    r"=idYG`S$khA@%nC3<?bD4CDL$E(rMi)C~9B=?L)v2>tZ`1Lp@B>iG-x@D%9?_3`Nd?C}2H3+@f_^8*3?9nA>^_7Lpa_wfS|{^;ER"
    r"{tNyL@Cq#b0^Ah)CKK@h`tJbl|L*-32MW^+Ebtc%))55!BOw9*90~Lr`S$w(B;4)kGUg)>1_CDD3GC?WEFBO2Ea?sW`yuQ76f+0*"
    r"7y$AA1Kaxt<Mj3+0@wxZ=JX952^-P^{0STR|Ni_F1m^}D4h0MN4F~)X3JD1q{tguv;^+q18XX$#=?MD$|Lptb`VtHO{{!(K1^es<"
    r"_$V3^{P_GI^!vvi_yhp<6!iQ86ZaYx_5=Y5_7D;M918{=4+HrV7!vO60Q?dF{w5<12loa2=OqUg{rVyK7#;x#3jF{v`3?m7@(UO4"
    r"|GXgoE-+0J8ULcY77E+<82cFRAX4NY2?fRvnkNer0~iP_pn(!34;?2T^RFJTAUXgm`wSiS2nPrE>iXsc;RgQk?h6h1<M<-(@D2YO"
    r"77q>p1_LPm9PRhi>G1g9>i+cC@Cx+#3&PUc1}z;P=mP^6{rmg@8x%Uz2N4Vd)B)`w8WQF#*whpL^6mXI<{Ah79t;ZC{O=v?5a-j&"
    r"81nTcxZed0;|w+S{pk4EAP)-D{R8^*!4SbWM&JbLB=!>**%kQ%0V41R%>B;&`5wvuArt}j>+<^r+u_>r0Ws+WKJ^IoAnh5$0@?c1"
    r"{q_4Y%l6|6_W=>g5A-_#?tvHu4chnzAow}fIrbVA0l)<C`3CNX2@v?~;}**e2p8iD?BxRi=m!(@-0koO;sxRk!2bjH0NNwl|M~a!"
    r"9jONL^ZNze)A#z^A@BGa)$kY?1OMX!0olSl1SaJc3KllO6xIL#-Vpd1=miM&uiFvo4nF!4?iUC??)MA~>-_kO{=V_}@(BbC6Al9Y"
    r"{Q&~(0`d$84#o5X_8!Fg;LYp}-u964540a71`_@C93auT?Ay-W{SX2c^c5Bs`Q+^v^6mTPAld=$5%2Qo(xSZZT<`hZ{on!P^Z4uz"
    r"_6Pz3;Rq!F4*59&<I&+40^--+<Hh>_<<0}^N%HvYAPoEg;YS?R$pg*)7#ao&*(v)1$l2l#?hyGL?+W$@^YzyECFL5~%=$a~?(p^T"
    r"HQezF5enVr=-m#++70vd{qhC^6ATpu4f*Wr{R;B>2N3}V1rGcN3kLlX`3eLJ3H$>I^56;)6Ac9m0_g<d2muNI0|D<0_YC*x_x<hr"
    r"@&ow&1p@>L{{;{Q`VjvL2oDAQ?f(h|918{E2NeMN8vpqM`~vI$`s(-Z{0<QZ@%Qu)`19@c6#NeU2o?(W^X>5Y@9*~l2>$%_1pW6B"
    r"`TzYP_W%P00R9IH{sQX*_uK*u2><>2?gI=53HJ&80|yKK`~va$00sjO6ZZlA1sDhL@bvZj{uB202>J&D3Jcui1q1ox*y|(z3hw9q"
    r"`2^?#0|f{83;zJ>3-kc|_U!=p^YjxD`4A5Q{Qn6H2=xE^{{s004EGW8{rCU=0|^5L^#T3e2LB8T=mz~22oCb|`2h^|?+*0x2n7TN"
    r"2=e^<-Ub2f>kaqu{tx{I5b*#0=nVP$`0x7p2;lkj;qw3l0|E#H`tbA${sRjO0qF()1^fl-^z{h>^$`F3^5+Hx{}B5H0SgTb@CEqy"
    r"^acRf2KxU5?EwY``3(O6=@bR@{RsL83DV~G`~cnu_xbq$90KhHBjW+_1nB_i7VYic6Xyl+_67M70Qvd&{R8+60`&Fy2HxiI`vCLw"
    r"=F$246!-WA@%Q!#`~d^-3F-Iv^5*^<`~V99{0jR63-smc_x=L#^y~}y1?%|y_5k`3>>K;%@%i!(>Gk*o;_U+V==A^+`v3(5{rmg$"
    r"0r&Rs0r(63`t1Pu{^$ev9RdRh`U42^0PqC<0TKP_@(u$P5fc^N`t<At3-js-|M(s87ajll`1&Cz2NC1{0NCyd_8;H&^brOg^bGtN"
    r"|M2Ys{^lGE-2)06`q=9G_4@?>>&*%96#4S_`{nix0t5ib;Rhi96#nzQ2?hQK5cLGr{t3kh>HY)g;{*N!{~q@W4GsGb86FwzD=X|A"
    r"0U7)N{rdbc2j>wC+yNRP_xb_l;>!8u{OJ}53J%!l2jSZP^y>xx@EtSv^y%{j_8$uE(EjZG`tJG(G1K+@3i%Dw^$Fl3-tX}g=npLj"
    r"AK=sC3-0aHB=*w)=gj!(@f8sl4&3j)4gDe*<o5gi?E3pH2N>x44-NPH83OF=6b~K<D<$<Q1RnPL?FAA71SJL%BNhZW!|>++`~L<3"
    r"2?qQI#ShN|;}!c9@c9$&0RZ(1$_xnm>J<X!4bKVm1^x^JIT8f!;|(JB8twNQ4g&iY74H29?)LxR^daO41_JH~;0^=o^VZ)F;L8LB"
    r"=j-DE{_61$G7<wA6bJPl8S3!{80Z!b3Je_WA@$$k{{Hv#{RasW3=|UY7(65m8x#E-^93X(776nR^5F>#4hH`)=@snr;N1cT^57;2"
    r"^dtTh{|WR5`2sTtAoS}D?E?=C{|N~F;|v4!3G)XP=LqZ_?inTu^c4#81}!P?`|lC~90vyV+Q<hN0O<1r8q?+E9n%&C5ey~!008>$"
    r"0p|-lJ`ye;8TIn}{uUky1|0td67>H88#nkK5d;_h3?35!@D1w^8X6DJ_cS2k0|*QF{16QP0rU0u1pVRw01X=o1r7=R{Pg`46AA_e"
    r"`}*?(_6GO&_y_|2`tSVc4&wmd0rCkO{sRFL0|w~=_W$<>?&t*s{R;L5_yGq01N#E;2onwe2MYD=2?qlD`T70;0|?~&`}+9-{rLj|"
    r"0uKQQ{si;@=NT9T0tX8P0{8s`1rG)s_zU_80T2WV{{HnH@9Omh^7{z^|NS8Q`10lm@816b3=9kK_4Eel3j_uA{_*+z`v?F31@iy{"
    r"688V_1^Mj|@cixx>=gV31qu7o{`LCy{0Q*`;NkE6^YZ)u1M&s-`~Cy+0ulxX5d;143IPlC4+Zzz4gvQ60Tc=6_5Jq~|LPh9`Uds_"
    r"@DmOS?FRuN@Co}13m*;!{`CqA`~B$n`1tSw3j7%a3Gx951QPfC3<CE6_5c?R2@Vwm4Epu^3<4GT0tNXO>Hhlq00Qa;{{jd500-^@"
    r"3Ih5E{Ra*7{PqO`<@5vl0Rs37^zs557XbtP{T2K6`Uv&w4C)8_00RIL`2ht2?f?k>`vw92`4t8P4+<0W_y7D10tNyU_Wb<-{rUtK"
    r"0}Jo_>-+Ni@csJ;0rv;|=m7u=?fm};3GCDR{tER1>GuQx2KxW`1NRI5`{o4r;P?Fc1@!g(2mBNS0tFBJ{q*4i0RjT}`soJz2=n~~"
    r"6b}0A{q6+)AMykM1=9QV{_Y0(3jp%^2mAZ={{9vJ{ssye^!@e=1_ufW4+9AI{tXcS0{{;D@C^k10tyTK2NMG@3>+u!AqV;T77GOt"
    r"{Vg8@AQ|-%4l^Jc9W)*k{V^OJ`R)iQEfEe5@%S$V2pt9B`t0!j^$8CL0{;U4{{`X+{{0U31Mlth0t^5L1q%H91o;&I^#%6!2^#nj"
    r"2L=WK4Gi=88|)GY5EelX4lob;_VW5A2Q>`<An_j$_9_ST5f2|A9Sj)q^(7b^865o;82c0V2^%c^8{_@y5fLE=?AZVh?;{ut8yExk"
    r"6)Feh?f(K6<QMQI9S{}=4G{|n*ZJ%R_6+a}@C79N^A`IE6&DH-^a$M%`1lY0104$#G5q`q82tP24EhTC@EZIT0{Ri=69XaM3JD4a"
    r"3IhrB77XqMOc?_OI_(n>5EBgx{OtAz2Mh-w>mUb03IGBC_WSV&<p&xE_xcL-3Hay(=;{FP@C69(2nP-O5aka23;FH^1mXn>1P1W!"
    r"?k5o?_#YJe7Xk?o3j6{Q10ovs{S5~Q{2K!q4EGQc<^}@#^cD>u4GH}Y{2&b#0t*QK8vhOX0uws~2j%(i7V+{F3=jhX4iWSG4KfV&"
    r"8VdgO=Jf*i{R9Xc1_Jy78XOB14g&++{{|NQ`1Kwb{uC5A5Bc^F9S8>LCg1%A*A))?8u<kd7x)hQ00#pV{|@`}{0a%@2KyHH`vD&R"
    r"5EK>s3Iq!R{n-cs6BFt70SN;6`3VpV69@es1{4+@8yy4f{`~X#`U&(81quoW{s<Hs8T|?y{VMtS^za_=3or`}B=q<p5DO0f0Uj0g"
    r"<Khz$Is!TW3IxE^E&RJ30w@gsKse$4<{u*j>_!z9`xFr}!u%ok2o@zI1GppB`XBR|@YKf;whT1{*3bpy>&KuY$n*u<9r*&%BJt<r"
    r"5v}ay8Tky~x7ORw5BthE`p@{}{SL_*1E0qC4<;%k7bx!U_vrxc3M}{54g2!p${oz{8YA}p@a6*jtRn~&@+Zv5NWWs~2Nf~?OPSo5"
    r"Fex(sfr9z%3lLoS0YLn<6V}kd>+uW^f&HpOIMe_3BLNNNf$_Kv2pPc$n@2A@zTl(>VOIsy-{+?Q+kxc})%+bVE$i;<EDIR0{0Qy>"
    r";s6Ii*dHm_AP*h28usc5@Y?$b8W-jRJvK837t;<2Bo8eG&-eKS2@V1R-}CD?7wqrq$?LNZ%NPb3#SaJn_rJ*^wbuLB67=S|^~UMx"
    r"E4T;}Jr2pv%jNCj9tyqfuF>`&3;_BF4Arj?3O3UqB?2a^;O74VtoI5B#`qrjf&K^)<TM;N8WbNP+yETl`4jZ+HRVPP6D2+c8^qn*"
    r"_4L~zz61US9|`X532_Gd7#QNv<>Tl5@z>Nj67m7@|LPYF+7-?37t;X`(kL7u;0o0PDi!zpC%O9Q3!cj(!Up{hGx8C{O6&&T<QM8C"
    r"<00tIC;Lw8*$N%vDChv)A{_w)_w(=s46QT%5(L229<ROA?GqI9w&lYd`2GVJIlS=`-wetZ^ZDWd-vI&|`uYYm93vti&@#sm_wXm|"
    r"7aAxb74hyP;T8MB%r__4)B)YyLqIM2#2enpf%2&mwN6y__1*jy%>+#y+2#Ml=*juiw+aab)i~fB3{Ug#4GRR+Nk2v;9`F|*9U=?{"
    r"B{}{7K0^}z1r;Cs22w{A@4-|x9|M0f6hS(l1sVv+F7N-cUDD8T0Q~z(+0fDXMMB3=t$`lyw>1=wAkym4->>=0{>sEbq2w(%`jz;G"
    r"??QhNtJm2KL-!Q$D+MJE66)0c?Q<bN2F(r`HHxi&G6;YAKk)1?BM%S>Cm-<g3O*&}tpmsjApbxIB`@DB650XG_W2bi5|RumZ>St3"
    r"@x?t62PPc&Ulv)V=^!{-3+Mw&{9S{ASNTNqJQ?!+<l`*aCMx~+N;~7P@oMz~`ep{-85}j12Qdr;@k084?EWcU`t<f14+-2221(9W"
    r"^*s0*^-=jK(*7;~5As7D>oi^>2nRn;9TH;X>+xj`I^yqfKU3Q$4h#cZDg_)ZNDF@r3o!&Ag$?Cx5iwK>M>7mB0`W1!3V%Qy!9OM+"
    r"X7L{u2-YR)eYZ9{2)SAy4I=F`Z3Zh%1ofmw4gcpb{uX-w5;DaoXax|=6Mq^aE$13qsm7|sECkK`2J1rg>mEhO&<h7BZAm-{LAXoY"
    r"`w9x`PV_(N3FA2L#~CyBRS@)z+94$uI~z*Z_7`{n??E)G_3aD%GaCgKPaG!){}J)CKLGn%r`R9^pb{fR7{3*6DG3n``!Vw71td^D"
    r"@&6Pn1KJ7z2Lav{IvIUB#xXGL*6|imLQFV3wsC(S*MH~34FBW5NZ*eQPwX7EE(hrhgZH~QQRaUy>*E^C{T~||Mgb0FmMr=iInMjN"
    r"*e3;SS`1m=5BL|hTpQRVPZdPq5FH&rLqJmdGj<{;B0LQWl_pGIX+lcb+!t){R|o562OBccSAYKG912en6Kf@Z|BliYU=m>dZA~fy"
    r"!fM?XN6{lMR-#MPfkgcR7!V}~02r_AGx#15BiSby3St%iGdc|BLV>B(PNFpi=L}mcP6rWaZ$x?#5fWVL`XBEyT;1KsA1Rp~OXc?x"
    r"7fk&@^AZCU(gAPYVj&>aZs!po3N{*n!6OOrG%PD%{69Qe4l#dxEBAjP63lfhOUniKY-M$2D@PazPZ?87X<A1tffcSFO+XPZh;JU-"
    r"m>4h_6GONW6BD}hH{Pob8dhBe&T0)R1W^D@A?h$PCp9oOF&;WzB~DNK^&fm3+&^Ol%YP0he;4h4`%`}(6=ogl(ZPRz-sJ~>-~bI<"
    r")G!}`%|KEfTHG<ZFe57b3iS4W5bhrY+VU+PKM^ESN-!1fBl8|SP!(%Be@lPx({f}96iw|sC20_U;y*Vbe+%(`O$Zyel?43t_Y@xl"
    r"y&)$U+0_%*@l5mgL&x3O?Kle{TJ0qSCl>I`5l{`;#P<e-@($NxK<h0i%QRXv1!wd6L{KL=_Gl&4>jm~t@BRul10pI3e*zU7u@n;~"
    r"=L;2A)E+S_9X;<%{N)KG8!+s5`O!@9u`#q2B&aIxP=5n8J<e4TmpgyS_n$zn?iC2|83Q655&^3B6B^AR{_p_S?k()^{{9sL)h-AG"
    r"!SCuE-RA=w924y$7^&{`?IG*j2=eO$-uo*50tWvF{0sX3{QM5|`v5BW4<!u@_rVbi_!1}pDFrFZ@-YSb`}!If9~0{m6C24R)e9IH"
    r"6CLIRDgqD-`tii-1joPp+!W{$5C!}k<>LPv%nSA6?E(U->FEXl1|1Oh8~YIB1uqx{(G3C(`l<Qm^2*-&3IO~B3-b{Z>jv%t6B79E"
    r"4JPsX1^CqU+aBxc2ms&x_zU9yBLxNZ4C);J|JMNMBJCCx5exgaKMV5F0`CDF=<oqX{rdge6agsf4ixtD@9HW3KrZnH75^vI?IR~6"
    r"H0lZT(;Wl!?eO~c{P+AR;qD6r>IL!w`VQ^%?+MHV>J<JT#pe$3-X7)l?&&HF9S!*X3kCrq;2K5#2l^%T@75<w2nzlSBJUY4`xqS{"
    r"9UvC^;JXJOr7+YC2mdf3BLEKG>KqN(J{K<45F7y$1_<f~4BF)H0Sp2G3-9UR@&oAm{2>Gl1Pa(5@E{8B+Yt`{_7vdr6aVZRAl?b#"
    r"7!MIc1|9+R2I1WT+|&c;@DTwV{rd*jAQ%qX2*VBr0SD{|GY1ph4ej+N7XJSJ58v&i>&O%o3+@aG84OnQ1rr+i7|-(wE!PzU4Dasq"
    r"7}(J9BJSkt6!FM3lM@gH`}h$L`1uM3`}gz>{sZ~|1q<&UASDz6))LYZ9U2V}`V=S@<OTm5)Byq!_Y)%b"
)
"""Signed bytes in base 85, one row of hidden units for each number of the turned profiles."""
PROFILE_SCALE: Final = (
    0.0348185, 0.0378617, 0.0403616, 0.0200378, 0.0297787, 0.0269434, 0.0183460, 0.0478973, 0.0267751, 0.0344157,
    0.0422568, 0.0414319, 0.0327229, 0.0359040, 0.0278581, 0.0438341, 0.0552109, 0.0241187, 0.0250951, 0.0285478,
    0.0266019, 0.0217069, 0.0611716, 0.0323695, 0.0302290, 0.0238549, 0.0239319, 0.0273688, 0.0426845, 0.0210487,
    0.0365576, 0.0329634, 0.0409610, 0.0221700, 0.0434369, 0.0407937, 0.0286557, 0.0456710, 0.0437706, 0.0212353,
    0.0187485, 0.0296818, 0.0258760, 0.0259910, 0.0361638, 0.0356093, 0.0561332, 0.0390546,
)
HIDDEN_BIAS: Final = (
    0.9924, -0.8481, -0.6980, 0.1763, 0.1870, 0.4275, 0.2402, 0.8721, -0.5806, 0.4153,
    -0.0224, 0.6740, -0.4384, -0.0922, -0.3386, -0.1827, 0.1502, -1.4552, 0.3203, -0.4743,
    0.3716, 0.8062, -0.1181, -0.7457, -0.3095, -0.5679, -0.1568, 1.4892, -1.7503, 0.7913,
    -1.4566, 0.7529, 0.7217, -0.4597, -1.0575, 0.3429, -1.4108, 0.3679, -0.7080, -0.2935,
    -0.8618, 0.1249, -0.7178, -0.8347, 1.6072, -0.5625, -2.3160, -0.7564,
)
MODE_WEIGHTS: Final = (
    -0.1714, -0.3361, -0.4246, -0.1132, 0.1272, -0.0306, 0.1485, 0.1887, -0.1771, 0.1000,
    0.1217, 0.0928, -0.1853, 0.1269, -0.3163, 0.0643, 0.1986, 0.1487, -0.3466, -0.2873,
    0.2082, -0.2984, -0.2773, -0.3326, -0.3734, 0.1255, 0.0396, -0.2412, -0.3300, -0.1769,
    0.0465, -0.2354, -0.2886, 0.0611, 0.0731, 0.1785, 0.0401, 0.1408, -0.3212, -0.1646,
    0.1366, -0.2458, 0.1238, -0.1527, -0.2809, -0.1797, 0.1203, 0.1007, -0.2491, -0.1270,
    0.0807, 0.2327, -0.2425, -0.0022, 0.1511, 0.1151, -0.2186, -0.3553, -0.1786, 0.1242,
    0.1612, 0.1805, 0.0512, -0.0457, -0.1999, -0.2047, 0.1741, 0.1249, 0.1645, 0.0441,
    0.0737, -0.3488, -0.3099, 0.1708, -0.2141, -0.3406, 0.0776, 0.2022, 0.1144, 0.1465,
    0.1532, -0.1660, 0.1337, 0.1107, 0.1007, -0.1772, -0.2076, 0.0877, -0.0408, -0.3373,
    -0.1654, -0.3650, 0.1040, 0.1239, -0.2555, -0.2332,
)
"""Major, minor for each hidden unit."""
MODE_BIAS: Final = (
    0.0235, -0.0003,
)
# fmt: on
