"""The fitted numbers of the key model, as ``python -m training.analysis.keys`` wrote them."""

from typing import Final

SHARPNESS: Final = 0.88
"""The scores times this are log odds that hold for instruments which were not fitted on."""
# fmt: off
PROFILE_WEIGHTS: Final = (
    r"r{4S(DJLW300a~LNxu3g3Ip;P`^?fH2s;`V_5A}q@#Zo3>h-VdN<<C-5R0`o1pdDW#}DuG+3xq*&Joh#==J*x<{c5p{_DBbz76c|"
    r"0}QMl;Rx6W-klHD?-~fv0|nbL*#siU_QL80%=F9=Wa}v#81oSj6B+j;04TQ~viThf2E7D4>pAr!<^%x+*Yf_H#U-e|j7|?q#^CRr"
    r"H5$S1NF59s4psM;<}X<X*U~5Oqcr{rSHD)xO#9r>=zk1H9SuJcJTSwy11<+5ya`qE+3L!x{hs$JNrB_@Ln*-ARr~4gk~x<><F`*F"
    r"+rT*#F#RS;E8<!GG70k&{}$5!^9o8V6aMM_3h?AU73S?i6A0hL4cz7v9qpO_68`oJ3cVxX<{YK@?K1=b(k}D=1_lYA;r+?k@#+}P"
    r"01cw{g)jg6(+$(rpZe+pTg3PZ<p};&0}SE%AHwz`=&OA8BERM(=>Zu45d_f>56=nN4bK)sAJFU#Bm>>#^xNa91o*Ww@hkE#*%trh"
    r"T^6n;4u8!)^ho^c(kK@1+YLGe$PW()A=&`y3KZ?%<Ra-P3Ech!0^uqLIST?o$MQbV%K$Fl^aTA>?%C1O8WHauF4O+ppe6?I2ki<e"
    r"=OfO{-4No=^udY!fg%gT>LmaK_ZBz!EMWQdk0J)%>G~252H+9&0rf8U10@jYEI%U|4<$A^7Uxv<=o||QM<5Ux_Q?h;ClM?}O4;WK"
    r"2Qc;HO8fu~B{%c~85l4PfdS1^`uhc?LO>4xWgG?Ry%xL{11ie&tlr;P1_LJ!`2QRRtjnPC@z&@g(&k9$D&o}k`tK0!*9{QW?;qy_"
    r";SSdt$uIK5?3Tp#i@^vK6(WQl7y<_<`q&fkfe$3tL&4!UsTmW44}mQM@&(n|T)QUmAEs_2F-#ipEdbG4inszFFM$^>usAyfL4RTM"
    r"8>NAq{3ortf%76s-MZ(2CIIr^Boxpx7aHlT;9FgfvLNMwicRSqLHbeWMIWfn1y@$qAnMR8*&;C5ZeJedJl5DO1s4Dc>$D#vIFRU6"
    r"{S5*1&+Gy9p*8Rw2>vo0&(%>90f8caCbBsZ5%LoIfd&NUBO4YH1So-Ee?_@c`|*J~4*h@E4H+slSM-5n;NL4D2nhUC#vK37y+{z^"
    r"DH`Om?acfC=I+F=Pyyz=5LMvH*aznU?CrxB!4V7B8S*WE)Ep!sDgw+;<gd@~7L|YXJKfR>059@NISv>e?Z08S?FQQBS8qNY7?Z*J"
    r"8s0jC*%<o>2QCB{2Jq?3T0jj!^Hj>g{P`ayHX97+4JJ1W6D;}n3=`rG=lDX~_V)$%F4+P01+Ww>Kibn>I0gMB{WLxWFDvcNbmq{-"
    r"_xZYQOW@ZK;?NBe7DELB^9UB3Dg5u-!{@0L^hmYIFGrlU1{w}5Kvgn<(-kbcAPZ>q>Pz(*=N>YoL?HDLV;(|M`$9)j-uWR23=<Jj"
    r"GZq2A+Q{<t{LV4xKLgYu0&%$H_uO1F#stqQ9sF@6_vaS}92or@{yg*&0sZX*5#bs53+>+?4ju$12o&ZB4EqD;D(2_|4kI1+5$o|R"
    r"+5ILG1n2|U@b~cz7|`(Z`4kce1_}TM?<5iZ=nv@z_P{9$9|7j{8yz<48vOJMBjX194*J;T3g-Up^62#C4*22n`UM8#_XXzc0rve9"
    r"3GN0F1o99R65#Lr@%Hlt{{ZC*0ptJ;5BUNV_~r8i<pBF1@&E(m>>ckJ?)C=H=Jf&&1`Z1Y1qB@e`1|b<#Vqj&?+Fa<2<_kX?JeKy"
    r"2M5sP^y&iq_@49(^Wg6G>>>O6@e9KH4Ga75<g_CA1M&(A1Oo)^>+&cL6bdB_4C@j)`1lVB`4kKS2lqeR03hD_`3Ugp^z5`46ay0R"
    r";qM0z^AYnP0OIEV0|ycR_6G6>2Mrbm3jg%;`vUU&6bASO?gjSm3@IB32l^ZrKGp&G@bdQ_4hi7|9R(Hb<_Qwj3HkBi^0NooF9Y@Q"
    r"{0<5I8T2b64DRvk+7l?#uo?Xh6zcf=74PHp4Ex?2;{5OX0~yT>`~Caf1OWs4<>2iG|N9~h83rB@3=i@34HfFz2nFZ)3)l4o$MpXO"
    r"=>_lL0nP&w3i#A1`S|$&1rgNo5eNwn_~pCy80iw~)E4sx<^>t#_2mx!_1qNp3<%H;>Kq33{0saM$p8Wg@#_i~9S9E369X^w1pv?l"
    r"-0uS(1_Aom_~FeS`UesL`y~<=1N8s#=St%y`t|?B3I+oI_67F$0u~Yo+u-~b(*q_30~r_{{un0=5B=)^`S|Dt1@GV&`xE{;4F>}J"
    r"61Xqv{22b(CKU$%BDeN2ED-Mt{^tb2=<gT&vlh467XBj?_VNe+2=x5Q()#-a?G@k+;s6H-<^uWK;vFU2^A8Cj^$YnM7XK*h`ws{k"
    r"8}0P)^#J?`|M2Pf6zSj&4iWbN>BQ<3@Fm{}AOR@p@9X^Z#qz$r&IS?*zxDI$10l-#1?(6Q*#7pw;3W#@?C3!8!W;PfKiMqq;turt"
    r"3IYrp3G)-)C+_ae968e*`t2pk;O`5~0=5D$9NqKU1rgW;1MUX*$u-;x<<CI{ve)_NBHigC6Ycu)3i%D?-US>C0UH((?)dQW8SM5K"
    r"4c-JXCG^6p82Hix_vzUB0tMvZ^XdK$6Z_WlEDI43_!jsH=<p4-=ll3A3IG}T4IRPy;2YKX@<Iao*7FVT7sw(07y<eu`xf5f9pK~Z"
    r"yVO?T3<l@+`UmFu>loYb0RG<e_RTgv3;^Tv0362_>Gu81@9D1i_Z#dExg7J_6ds@n88`Uh1Oyb9>j^0G*!wXH!Xf<kH_8>>6%*Ui"
    r"_$uNZ=I<W_8|Ll`8}Snd=Jo%_$lDhH?DYT+$n(eP3lq5O9q$1G_5wHm{O%tN2LksQ+uPi)^tiYZr2XIL?)Co({O}kE0}J)%wErL0"
    r"v+n;9{rV%&@%0J>^$P0rBM%8E6afVG00c4t_XrjfF$oX_{r3mz7XJPy{qpxA_ap1;IPM4a2?G2d5*-H#$FB1t;Q|221soFb<Ov4<"
    r"9Q^t5_Wcwc@fHa61nUFg_dEw7$N}N)`vvn0^4uTo@E9BE=J4eX?)L)wyc5><@)+X^1`+w}^W^B>=LY=+2o}Q(-v<2k*WKv;8T0rD"
    r"De~m|=<NH`3FIL3@&w%tC)6qI5A*{X;r;H~_72b>+V&>%9OLdE^!w8691{KC1@7XV*ZA4p*e&NW$HV8y0QL+B1{?4qFCYAr*bO5e"
    r"?c*E%(f|4-5ak}+A|&$J07eDtBIXw8B>vpPH|rG?*BTKI5&!7H_`dcSEx`W+3Ie_HI1e8R{vfFM&H51p{xbg)CFmjp{M;<}0v8qo"
    r"`~4s8;`km7z~RUMMH=V@Ee72I^yc~k9@;e&7!K6@5B<&q0QUX)=mzlY3Jv$|<rEbR^xyHs;qT$r@bx3w?Hbnes~|E5{>|0<y9Nse"
    r"|Lgb;<`>`}2lWvj7}g0A(!(O-^XW0`{N)hO90vdl*5u&-4CWXNDI+)j;q{~p4J8b=1OoNr0R$i=0{Z*MMjEdgFHhzF@%aAP{w?et"
    r"+vOGp0U7@6CA<Rs5&ahc*a8JH4DTKU3=JCX7#kNZ@dp>z=m7@o4F?hi6As_%C;|NuJoe4|@&h6*>kbni6AKguH5d<F8}axX*9;)^"
    r"0~zN91M3wOAoceT`Tpwq9})8e`S~U93Na7`Aqhne05lal<qhi+00Bbz=p-5rClwnF8Sw%11<nH$AMy|O{`VpAECvVX(%sPb9rsTd"
    r"*$^k`1q%uiHoFKRN#g@63=`!#8qcmuDIgk9A0GNAExsA#JOK3O0!1-HHG}sl_aNQ=|MM8|@FN%G<p22h;p-Cs=j-|0`2Ew<!~^{3"
    r"3H<{800;c><{I!2&-eP|#qZ`N@%jki^bHdP)#t(c5WOW3@&Xpv3>y0N-|_L*)A-#R>HOOD{}A)w00jZ`5a;;d@b|w0#61)!-t_{*"
    r"5%$2%92M;d_Xz~f_6R%X+WQ~t)HC865$qD`7!<+&6gwOR3HcQ32NwP98XguH@c#}U$?n(z7or9=2Gaxt@&L)(5+DBh*)z);?8*%!"
    r"$D^<C_~YXx?Cs$9^BWoQq!10;0VN~tffVuR66NU&2@}X5?GWtr`@j+l2P{47@(kT3<oF2K=l|LI0uT%i2OHx5^zixG+XvzY<Mj&L"
    r"0}#~~!z}su1N8a@&I1YsK+Xa!@c7^Y59bI2-O2<TC$nhLAkqK=8sqQN=?3gJ@%{<*`@0n>B`V?P4*Co61tXsB;ph&q1o`~)?&kjU"
    r"3lIVY@(bJS-wXQrsSe$N)ztbA@9+TwCFAw(@C_U61_|2?+T--M_!92mx-0?i?(!u0+6fN|zXje3@9*Zc=q}t01Ki{5@0JGl1_ui7"
    r"*uUEL@azHV=1Az))cEqrx$5KU`6dgz>;l{B{stNM^VHQ7(CjD{^w{Lm(kQI(^9lD7?*0(q>jnJ(+Y;ys`~fo(`R^CZ@uKnH+S>Bb"
    r"1Txp}^As5Y-y_QF+4cwm^%o)b92x)@2j&6~8VC6b5(WJT4Ep2^1``t*5DD}Z56UU{4iEqD^b!sv2HE#17!>6C`uhsk`33jl;|k&j"
    r"&+!Qf_7Csc`QGsP-vJTw`UCm)@BjM&*y{rL+Ug4N*aG$w_U;n~_6`s9))3<D9NYg4=mQe|5)k$O{si{^)D`Xk6xZDJ;T+=z|MDC7"
    r"2n7BC^$P3<+avw{9O4%R3k1yC`uqF*^Z@+p5)ldb1@IgG@f6w&74_@v?g0}C2<iJ1=>h@w_%H(c4;&H_|Lg(v=lTTx_wM=q^ymi<"
    r"?gZoY=M41Y>Ilya1>qk8>)Fu#^!ye9_|xtU3i=5I^$7<B4)zrQyaxjH2I%(<0|4g<3flw!@#6dL@Co$!1N#68^XK;T`|{=W5Ca4L"
    r"`2YD10sH{^<Q4w;|N0H)2Lt;2_yPF)02>JI^6~-z8?x&X`TqU>`{m>U`{MKv<MANu1l#WT`ReNY?h4}V1^oI3?$|6A2ofFv-U99h"
    r"{sXcN@9F-m4H*6U%KruI2Lmkx`WDLJ?hF0mxBm5@<@N&r=kfvw^!n-M|Mm{;2MpLA>DKt@`1;ih((3mD+Y9gY=L7f&;{N>R(F5@4"
    r"_4MlP@cah~>C_(V`27sv3lQcZ^6mfO-!#qg%HiqP%mxVy`}+dl`1SK3@c0Yo*8trE>*WRi0tf--+YQRu=o$X|?)nxJ`vvUs-u&+l"
    r"<q0Ym_5=ml{>$tc4($B{0sj8}{|z1o1@_ky@(2wC`u5Tb1O^Dy5E2Uz1LFSq2;vF!7yJ(x1p5B@@(J77BkUFc;Pl?|8yp4s^YgwV"
    r"7xW_i4EWpw1_<^W4FvDz3H<CP0wL!Y8~o(>*%$Wt`~eyL-0kB6_t*me>___N>&XQh6X*}``zjUq^Wx|OL%#e4BM&Je2p$SA`ybc{"
    r"0VWO$5Yq4H^$_<72=*%z<oV;`?(*E+-OTv;=)v3b1t;SV3G(0=-y{vw=m9L{4dmzj*9G+aG5-J#>LuUs8cPBB6#)(f8P)IK5FhLc"
    r"@$Cuc`4H;G1FHZW?%4y%9SG?31rIh6u`uEj>&z@F(%I<y2o?Y&`05P(=<V(RAod3D2jUhS78eQH1q|>U82t$gD+BK72<s6VEEEFx"
    r"5#SF2==AyW2_EJB?<3_31`-bW_#O??^cVI6@$>-o{v^-)`3nXI`RMcNxB1fh4iyXx^A8mx`v3t7G3XEk_wX?d>jl{L`S0le0q+Uz"
    r"{m};h^!gn87yIh)74-7!3*<ff`VRL=5(6p(1OwXG5(NDU6hZzW{{r{u9t8zW_3Zf&_ZTJwAoczH{q+{z@c#?`@9^sz`W)f$F&h2u"
    r"ANJM9;~*3e{O<}T@cir-6DHdX_zVQ_?-J_|_!A8k^z-!B69)nd7y_#j>j>}ou?4yw@Cf<p@gM&e8UhE{4d@B+0u<x@4dDFx4Fl!~"
    r"8|)(l5f>IY_R%E{ASe?t4-)(nAn^1894H$3ANl<e7B2MR_zK|+_4gbe5BEDR0u2HA0ty1|{vZPh8w3XT5e5qQ1_S&51N;vC83qUI"
    r"0o(or9RmLL9w7Y;0qE-vD)|oy3IqH92MP)O-UG=60sHtC0r&9=7yt&_{}=lT{|5{O*Wcp=0q*(g0}1)_+tB~@1OxvA1|1sx^8Nk@"
    r"An5Y+{Pq+D1@Z?E69f|l2t@Jt;NtE8`0)A%4gdxY(FNiT`R&#N-QNfG1@Hgg`USxR?*H`U(((1^1ql-d|M(OB`~wQ>7w`84=?~-t"
    r"6aet*4*LEA4(A60_XXYg1PC1#4fXft0s8~~?fdKC1OWa6_W%+Y_X__30pu6`@5}NE`tJV=>huHt=<O2i5Bd=V0`(6M3i<>70}=oY"
    r"3EUw9@Amof9Rdaq5e@SL{qqV45B?PV5bWaq9S{-~^a2wC`uGp}>;?t`9SR2t015v51`7J|_8<!h)7aw=1PJ*J0PzYJ8}94{4)+TR"
    r"-2xB;0Ppz^0Q?053j*Q=Ao2zY^z|MQ6ao4A^#l0((*_RW_67nK`UnU10TB80|NX}K1{DeR3=;4C2l@3E1_%QY;syZ)^z8xU0saU2"
    r"3K<Fi@d)w`2mbc-@(lk869)bF;|v28?*Rt?=lKB<4glu<<qiN5_5S_w1^)N$3J>_@^6LNP5BSLU?eqT->h<;v1sU!3`ThL&{rUU$"
    r"&;{oK10C)64Hy6x@ATvZ1Q7WN0t5{c|J@r5APxx!2M`qk0|WL96&(-;2nG8K`5X1@4+P=*_W%qK7ZMHe1JvaR1^o)#@Co7l1?B?*"
    r"1<>d1><9r4=@t*{8~pM0`za6(0sZv?5ew}Q5c>-g1swP8_4m^$?E)I};1~Dp{T%c53KifG{1Nfo0PzA9{T<%_3JCx9;OO`L`V#i{"
    r"^y2{u`~CL3@CXCt3mn!65yR&42oeqf2=ep*@a*CS2KfaD7xEbO_Vnuf_YVvM?(q2f1ojd74gB!!1m4{O`VAli4)FZ!3km=6;{+P{"
    r"`|Aw-?DXan0PYI(00{B>@Er&N01gV;5%v-e{rTGQ_5k+)2Lu1%01g5l6Yk*J`U2+%^XmK!5*`EW0`2ej6dwll`tlC@5%~h~2mbs9"
    r"`}zz5>--Av`~ms$3ijg!0RjRB76AeF_Y5BR_VyhQ4%PwR?fU!&{1*82^#%9-1Q!ee2M7cA2=e<83<eVC<s9|<1_&De2?GQ7{pJS@"
    r"@Dkn&01Nf^0@ert5$_rR0`VR4_VM}i3hw~#1o8$1>GA6T>JttF`1BzY02Ap1^$-Q<_7N2Y{tW>T+UfY#BqjLw1{L!Y1N-Ur1{nJ+"
    r"?&SUk78VTX4DJc@@BbhC`_vT+1^xdd_CEpv2M`(l3JL@A3iAv50{sdi2p0km01y%L{1x-}1QPE9><9cG8x9NW7yB1G1r`we9TpiA"
    r";|2Z#_w)7|0uvGY1^o3A5fJ+GAolzF1r7=X3k4YT4+jkc3JUiR?G7g#5DpFj69oGR6aWem94P<=83GX<6zvJ|^a$h!@)-va5(O3h"
    r"#PALY4<sc?An_COHwg;~D+KuQBog%!B0M%wEdm837wAX=E9mRh1q%%p2ENxT`3dv-2j>Li`xEH;=?CBl_6p)93=;g+3<dNG<^U4b"
    r"_U_Ui^aU6H+wTMl*bny+)#fJ)00s^R1{f><6GRUOPXXEXBqS>@F!n3kB?8<%-WoL<_15_o^8X6?1x4)!{Oc67@glPRtST}i-q{h;"
    r"O9re16D2P-3rGpI{~|Cq-TgWI<q_=<Ak7)YEjQrV(_aV&B>(?2DjoLJBS8W(0|x--(Fp_C3dHtN?8X2I2_5VJ6CMln$sq6z`p5kH"
    r"n93j-{_O)f0^dFp>mC^B?I{`x?L1@-6)oiN@d(}X?!fj_76{C(?GpePG6}FJ`}YVE1Kj!m`~l<g&mjl<^9Jzt`4teo%+Bf$>go{o"
    r"1^V&t)B*qt&FB3Mum|?fA@wl!5*7Uw>Jta{BL@oa2HzLs5(y9u2nzSlDGBci_VEV`?cWs~3ijy)6Dsrb)d~Z_`RwEF?E?HL+1wT2"
    r"Gz#7q7FXj4*a8dl3k3K7+v*7>?H2R?DZKd!=sp4k-5c;Q3Ht{RB+u^m3S|oh`sf+7-3l!K?iud@*4W?N?LG+?E9CX+@edaJ)eQLk"
    r"{o4HB_Yvv;*!Qgf=_v&10wf^+105#=7Ci0*-T?FS?)V@g{0Juo@#-1)5;Vc<9v}`486gEm4iX^mBq2K@Df;l%3HB8o8UP?0AqVR$"
    r"{YL!<Kl=X&1{UopIUX$yh~y<A^#L&&EG7XLIieyU0sYW53;OE=0%j{m9t`3W9LzcN7XHl23|A%e27%-$`vJW6#NgTd!~X>a#SokN"
    r"<P+2r;t2`r*%h|F^$8sU6adm1!5#_u_p}T0p(7u`UJ5Z(>gEu=@{BJK4JqX$A^1i6H0mPU9@r$<*&eR&p5zA#61xX4)8pCA0u2}H"
    r"&-}=!wHtx9sUZ19xUTrYRy(T|IwRu{Aq)_Xoi#?-(BTaEsy6=|f1fk)IUJM93RBH3DAqs>MeOB)E?43%-0w{N!QcFW@qzge7Ly98"
    r"NFkl=4;T^zgMZF9&5vY5ywCdC7~=v)@9|~_Rst6S$`}>K^b;xa1V!rkC<+2w4EMl9`xe-vBfl^}76kJ^4-x?v0=f3?0Q8mf1{ebV"
    r">=fbZ{qF?Rqru)3u-+)9#T2RUfhQ>X(j2torS0L}UiwQL+AkvuBl6e+<JCG9ErD*>2EqLj8QuQiIwIyS6y`hB*^(nL0tM?4Ao$4x"
    r"?-kb54eHMx@ebi6%;oRpJPgt$BShQt3}W~N^C%7y@fK?d<U`{6GQ0ZG9vao&{TdYuHwPNaAQ1NW>k%UY0^d-x&iEk!4-g#;9>e6P"
    r"3L%*yFz)dSsUp`o0}CiK5Y+e5?d{5&zQ%zYkog6$5GC;g7$zqDAz=@~=RG-t{^#}<vNa>%GSd~<2?4|YDLEr3_75yJ9{M5hLM0n5"
    r"3<4n#2g(He3DpTFD%Is7$0#n>PZKr(4*KX07!EWi+fYS6G9V8e5LWfV%diCbJh<yS2=wkO72^ZkFa-Mc-?G`%Da--RODymN6r=zp"
    r"2uD2?^an#i1pF!r<k9B))DT!h;``>?Ng(|4^e59sCj03Wc^UNZ`8yCa?h_dwKq%%Gf$-(KtS#gd*>=meD={R=BoPDa=%eD8)$SJU"
    r"ffpb3s}?2{tK;&4=>pq<__r?E92oB_4?6%D-}}k`rnU8;=P(o+$=b!m6X*Z@A0b8Z3Kv}#>C6D;_&%Et+aR?|>$@iM4JG>-4fnSL"
    r"*#11z?fd$M<t?20;K1IZ7wGd40tf@-?k3mYf%xwIy@ngsBm4Xa`0ottKmaG$^b7pV;Z8ga7f<RxVmbvi{s!<~<rC-27YXtiJR_a}"
    r"#K7E32<A>4BlpzLAmbGb@+s!x3@7T~-#*z%q7oeH-tfgU&G;zz<UtJwh`8Ddd5~TD002iQNZ2w8bR0l2OCSiy2m90#2lhE!bQ_>8"
    r"?mO<WQOj{|+!G%U=fN@Q=63N0wjA#fxFks3uTv$gI>~|W`!*>O`{ESVE9L#|#(gUY95omt3I(L;4=fw$=^7UB6iei0_(K^MRo`A4"
    r"0R10O10Fh07qkxs?$_{k@I{{tA>`@g2>d4uYRUy6+X)3jz5p>75USh!h%w#OMWjr^1qgp$QzRui(l3Doqagkz;GG!E=(`g27$pPh"
    r"jQkkt2Oab!0Ui7s=YdQ-AS&J765T->0Q@`}?>_S}+RRNAOB5>(KL;uL8ZOfW&fgCN0yY6svIaXi)*~$34Zs*OAKTmF5%lA!AVF3V"
    r"@h#uUv&s?v7$gu7-p&r|vOd)bKj}2r0rAz!&G#+<$q+-h2>jUn&*6$c&lT4O1<DHT3gI@_<_Q)b@U$j8=n)p`!yXya2N3V_qbtt@"
    r"Mswq=)jk>&ApH?6hRX%~<HHL+D)kSQ*Rx6h91!T}4iNWI0MyD#wIuxY?jI-&o*m!U?(Y}E80{Lg71iClH5>#JBkoq}^AiX2r7{gE"
    r"TAdg5>-yLF=3y1q)*XQjxuFn<^O5_&0jSp+^3%;VIpPW@?cw$G?M(dSqqAB!4E+4`jvPjYKL;`-H%ko4A_oO494;gA*B#~XRS$|p"
    r"=?NhyCI{;&0g$i{>j8`$$tE+z2_g#*5*HEJY2PCk2N%Bt6Xwzz6~QVTSo!@tG%Ps@8v^O?ASmG*BJKnyO3o+(P&DL20zwzuJtQIi"
    r"71;mI7w8iO^tVFvNdnItFaRCz6Z4;c5x=1B_Gp(v72ymM6B+mc-5UxB$KEOYIS}9KGdVUhIV%&+OF8;E-T+Y|9O~l+JnA^@1~eoV"
    r"RCEFgEWYRX4A#$~9V`U?-S#tqf$9mr6s`^LHpu!sD+Z<!`UC;gl3rRF>hfU|RyGw@1O4I@Amg#w$n=;i0_r6R<KNW785bHM8UWiI"
    r"4@&g|C+YSw^0gWb<rMQQ(kcG3?&Zca3^MxCVrv@xST`2q1_0g(4(=5Q8t)=lDu3F!JrF|Q+!=uy1P$~AsPhXR{0=4j_UPyL{jdi0"
    r"2kIFp8^`e$3@H072@oP03dt$q(*g17A~g&V{J;nL5)}mk9tiyV{TKZ24hq}u=M5GL-u%?j?e^E``3@i)|K`y82=o3A(%Ta6&kZCD"
    r"D)=4+>je*{0s7?(_9P$u0{$k{?+4}+9`+9P>g?;-@*)M}G3Ou-&-w)j9S-sL{rDiwAp`>w-wxv=+UMcr=?L212K5Cf1N;WP>jf1C"
    r"3FY?t0|`497{~th1{(D28`IVL3JDSm`8xXc;}xj>;TZ|y;@}IX{^Rfi>e>$B1pVI>1P=KF%op4C0o?`*`svi_5!c@G2oUlM-vkcz"
    r"`}P$P0UZYd>H7m29|aO87ycF^9t5`MCOrNN9|5=r102sO1PCGD^$7Oq68aGu{s|ZQ_zn5o=gRE=5dZJ~69w4`5)lUg)e+qK!t&+~"
    r"T+So?7x@PeA=()RIrSF+LHRBW6YumIAs-Uy5(Vr979cA1JM8{S+5_nnEG!8M@Bi7}<=yi73?32{^ZqgE9svdB`y=lW?;Q>8-W2Z3"
    r"2i`F8C;8s=F7nm)`W4v$?mp%E2KVO62k!*ZE(Pxh`VRf))c^hr1Go_b7ue$cAr#l{`uFn#!!RKe%>E-K|M=S!>mDV;*8kH0tP=<D"
    r">=(_>0V^W+94zbrvjyV&*X=nL5b8VaAIl2r8S&HJ@e=wC0ss#d`3vsv;{g@#69@G6`R4}@`S<D^{O=R=0~G+=^eGPk1@P$O?+X|E"
)
"""Signed bytes in base 85, one row of hidden units for each number of the turned profiles."""
PROFILE_SCALE: Final = (
    0.0184865, 0.0182345, 0.0153284, 0.0240441, 0.0194053, 0.0208490, 0.0214960, 0.0146811, 0.0188610, 0.0191303,
    0.0147344, 0.0222299, 0.0118249, 0.0255907, 0.0172982, 0.0181670, 0.0168192, 0.0241938, 0.0137690, 0.0209560,
    0.0235911, 0.0201868, 0.0274967, 0.0163825, 0.0224658, 0.0125942, 0.0212373, 0.0122496, 0.0127437, 0.0215636,
    0.0231750, 0.0136188, 0.0172463, 0.0227703, 0.0132247, 0.0373134, 0.0142289, 0.0219260, 0.0204927, 0.0272480,
    0.0150110, 0.0132527, 0.0175231, 0.0182576, 0.0149175, 0.0257888, 0.0164345, 0.0168087,
)
HIDDEN_BIAS: Final = (
    1.4538, 0.5997, 0.5262, -0.3240, 0.8062, 0.9507, 0.2988, 0.2633, 0.9452, 0.2461,
    0.5735, 0.2942, 0.9050, -0.9706, 0.7939, 1.0427, -1.0237, 0.2507, -0.0889, 1.5267,
    0.3644, -0.7379, -0.5822, 1.0474, 0.5053, -0.0959, 1.5022, 0.6789, 0.2117, 0.4903,
    1.4903, 0.5794, 1.1896, -0.2284, 0.8457, -0.6233, 0.6451, 0.6611, 0.1774, 0.6746,
    0.4127, 0.0170, 0.4911, 0.0344, 0.6927, 0.5389, 0.7486, -0.1434,
)
MODE_WEIGHTS: Final = (
    -0.1559, -0.2212, -0.3168, -0.1057, 0.1520, 0.2045, -0.0166, -0.2501, 0.1292, 0.0393,
    0.1325, 0.1566, 0.0538, -0.3145, 0.1105, 0.1097, 0.1042, -0.1353, -0.2483, -0.2656,
    0.1283, 0.1630, -0.1813, 0.1178, 0.1609, 0.0377, -0.2237, 0.0086, 0.0754, 0.1077,
    0.1315, -0.1465, 0.0130, 0.1732, -0.0821, -0.3261, 0.0475, -0.2554, -0.3563, 0.0192,
    -0.1555, 0.1212, 0.0772, -0.2635, -0.2895, -0.2424, 0.0334, 0.1248, 0.1350, 0.1677,
    -0.2194, 0.0961, 0.1447, 0.1750, 0.0963, -0.1296, 0.1595, 0.0950, -0.1846, 0.1327,
    -0.0627, -0.2643, 0.0826, 0.1588, 0.1712, -0.0003, -0.3517, -0.0372, -0.0762, 0.1779,
    -0.2380, -0.2566, 0.1440, -0.1053, -0.0446, -0.1969, -0.2707, 0.2709, -0.3124, -0.2577,
    -0.2210, 0.1404, 0.1306, -0.1936, -0.2423, 0.0764, 0.1287, -0.0742, 0.0920, 0.1605,
    0.1109, -0.3881, -0.1656, -0.1205, 0.1100, -0.0554,
)
"""Major, minor for each hidden unit."""
MODE_BIAS: Final = (
    -0.0974, 0.1182,
)
# fmt: on
