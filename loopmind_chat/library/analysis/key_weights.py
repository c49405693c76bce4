"""The fitted numbers of the key model, as ``python -m training.analysis.keys`` wrote them."""

from typing import Final

SHARPNESS: Final = 0.88
"""The scores times this are log odds that hold for instruments which were not fitted on."""
# fmt: off
PROFILE_WEIGHTS: Final = (
    r"ssR5EGF~YC01zVzK*bF#0UzWZ>afNr4=W%G{}J~+`~D#V?f&olK|2it63W0(AnU;e#|GW#<@xQ`@G->c-~smp<}3xt4hFLC&KBko"
    r"{`I&E^#AxDi?s;M@gDTX9t6?>+YlBK{M`xA;N9QsSFbNG81Fm@6b9-p6C~zAzXJ&a0MW}S9~t^5-xKHy?)vP@o;j(yfjl@u;@9Vd"
    r"Hxcx=C>H(=_gLbH<|lmo-qIf3jTZL(SlVBrNADM|+EdmYA_+brEc&D0_b>7uofIe@>cp*~{lMiNMuCLbMJw6XTJsO+n>U$f-q=Db"
    r"&(=-)Gt?D7Dz8}}0VwwfAP(XA4*X*&73=f;0t4tO2j0~_9v$j|_5BD55Z$x;0tN;E?2;4H=M|#o_&5j!vI_U<`tBE#<>|G+^2|KS"
    r"2LQYEh9~_6*9^z2ugK;OU%>wr=^ptu{`k2175c_ME8suLF16Py=@udj2>+A)2JHa9^rsIx8RrxiC;{;D#24+(_sqB!+yMPL=LQ|+"
    r"EFH!%3VXyk_e22X*%~$N=lv-N%>ml@2-X_f2Lk!T@)Xe&5Xc820s98%D*Pl&yzM#Nwjm|q_ypua;mOeC_$C4kBjzI9#V+#j5&#w{"
    r";M=tD+6vRG^ZB9qfdcrfNb?Tf4=Ond9y0mbfdvuv@ca%L`w;Ze556P$_a^$)94{@+EHW`08wF6@@)Q>ZNBjgW^Y$Ab3GP5*NYL8@"
    r"1|bOoR1gv^CNJn09{d~`sQk=I>-r7UE)pR%LI?@L*bM;&{1WT(%NyA`2O&`S?Aa70$(n&K@ZC5i$NWt17tFWv*VF@n$S&N%+X34J"
    r"$P&R1yEpZ^;kldqiLC-G3>2gk^#l|s#mfA*fg8|~UEGKK)c+IYIP@tA!R7+JXMz5>1-wb`KvLvNDev|~to85xLc=Nn>^n3u99q>g"
    r"{}Pn7^&QEjkNiP4>72}gPAVYt0qM;;1ufpz|7&8tr~~t|lPT~pIt4}6J^<{I|5Q);AMpHS<@z?xSAPKq8~x!U?;iCM4S^>dAc~(L"
    r"7*Of6(ZxnFm0yoQ`So>555-C8?Tyec70FlH1u){alEC7QH8N}s920@dOi|f00l0xN2{QrJ$NC&CLihb_+^{$Z@%|Ah>rU0H?guCK"
    r";0x^r{hlD<$j6oEMf(ew7d6<>&MgA=H5`aFsKVC@6x3E<=~MwVEuZ9E5)SGRT<m|)PZr860ub^)HV7;i2F^->Al}f<VOc;?Gx8n;"
    r"(>rI~#uUr%-4+xd6#&=IBO20F^FZOu5Fb$NO(IAJ2|7d#<tg{h)cxD}@fS3w9@y9PE2;n<2@xK}Kg$wV1OfIc?kq$gBL&#$F8|%x"
    r"-T>5lJ>J0X?d<^WJNecT_6!cO6ygKX?Bu`V(+a-6H3x{h{QvL;AT)NR+WG3h3?W7+<5}_s=ei1kA_n;E3-?v~B~Usj@=Nzl1{eu+"
    r"M=RX<-}1Hb!P`v}WXr}rDLdK94G3!#!VsfaInx_5!x9<(7c%%41T6Ox1JeK%5fTOe2J7S}1rHT63nb7G2r&oq8WauuA|d?l7__xK"
    r"+8ZDb1l1Ju?Bp8w5&OOI1^ogE4F}o=?i3sh_zCa`^3e?u6AAPH0tgxF7wsJmAMpbS0vPx51N!67_zdv#0{#`@@6-zF{MG8?59u27"
    r"0S5;M{saR3A>#lH^WzKJ2kiY3`T6J`80stg_51b&@9X*a`3VH;1QFHn@cjnq0Otq<{|5l*{T)ID04n4q?I-#30xAgX5B2RK`~>~u"
    r"6CLor;~nJ%2lgQP1poUH`U3$A4iEk8CG8XS|KTL&>zMfo0@eKb?EnZM{_z_H;RYN$0qgnd`x*KU@ZUY>|0C4t0_h0x-0Hj{`wc4K"
    r";1dPy|1#++6Y>A^7ULcV0SxpZ4ebN;_x0)m8u0n*9@YC05D>)+9TYJR{P`9!SIz(a4D0+G0u0~x7a#KG+wJq!1n$t~@8kjQ81SJ3"
    r"2jBPi5dIM!_yz&*;{XEmw*>SNBIWB27yHi!68{A$6btY44fn|j{{IWW4(}-8`Uv>~<m34S0Q3(Q4;J?a=jr3?{rC#*9^C5q>h$>j"
    r"`TyzU_YN@-3IyLD{s7PB0SE5`9p)MH1ODU)67&_{?*;`6?g|Fc^zID;3HJ>IB<cVY3oaT75(xSC*a<u%>)Z_j8xjiy7A6Dg5Bc>0"
    r"@B|+80{IBy<^RDJ;1VI|5dh@_`t%j?{_*uI<mn*P@$?G<|MTbl;rspj;{5p+#}y+I3pN@g0R$>25Wo2Y{sQ?F{?W!5{U8M|5giEp"
    r"7Rwy!{38hGF(&c^A-ncR3H0#!3DEuA==dWH+XbZP5)ls&_xkhv4f^@u&jAPy>G9eD@CyF}u^ji|>KFdt3>yps?G6MM4G$^4{v+`d"
    r"81n7(6cG#&|L)}k67!}X0|OHk^v2u=5*7#m7y~HW2G9fP#ooKb+WamF>*W3A`V-#f`~MdW?gaqC@)Zl~>-{74xDN#TH1a3r=^fhg"
    r"?*{uI0ootj80O8u`!T&4xAzv{)Zzc3`pM}b4ZN(a0W0131m+0twixsX-{~p&nWhNIBdNz64a@%n^79Ac><%C%4mKVD^Wfv_5dQZ9"
    r"3(V^=5bDE~4)pZ^-~g}r^$YO<#>xll4G72J7%>tN_W}6);nxtf@!$ds7UV4Y4I$VC!3X>K<2CBm>-8qoCe;x99}V&m^#r=!82`@d"
    r")8#6>BqYQ5@e|V!;1z-E@#*IN^tcK<2=oB?1Qhl)>ly#)1KY3u{{`a~*9i&q4Hd5$8ztEI0Pzo_`T{ib;OHd$()sN8C(sJe69o>&"
    r"?;Y6n>h=>H9_rlb7w{$k?B(x)y!RFy{PYY9(&xVP0X*;VGzlR25d$y``1C0S$kW*y%gEc9>F&l9m<rO)58@8+4c9pt0q^L^k@iB<"
    r"yWJ2L`VkDi6wU_s`v2$7F$^8}DES5Z2M;Cj0PrgSGXVGr?*Sa>7Vh*k0R#Xp0ucKTGXn|u4fgXb8w}kM&#w6(%p?ZT3MM4y?-mXI"
    r"0SNd2?DQ@n0R9H@2=J8I^eFly*YW||?*jb(@AdQA8T$$q?cMt71Mlt#)-2=x4Hg3k4F?F-1Nr_A^9%eT{`1)a{Qdj!$_e=o3<LcZ"
    r"4Exde^4R_e4CE)_2l)sB7{><${{#pY?)UHQ?gK9!-`)571pDzE3Iz7*4hsF(1J>Tf%k|sc!Zi9V?at%P=Me$Y?l;^R3?>MU>k$|9"
    r"2j~#$&GPya5Zfx+A`R!%8V2m&8`A&~4gdQEAKVNE*&G4;M%wA;{n^_2F6k=n2=V6gB@86_5DJ3$*&P!AG%q3vF4PV8_{10n_7x!f"
    r"@bm@R^A|G*^6At1S03#FE)nAW1q<)r73wG-7W?1`75&rv^7!uj;s^lt3f~9Z=KuT*0O{kz(eKu~{0cka>g)ONpdR}Y8OiS1w*LzU"
    r"`TY(U@F3b84GjMr6#VBZ_uwVP{kA&#{PQEh81(=O<{<9W2(}Cs7br3N?iA%4%S8&?{}1Qc`|&Iz5Bc@TH~+{FBt`iO0uc+x<t!ox"
    r"^6(ZN5GU!@9mfI$4d626-U;&i7T*&A3iJu(3HTc?@)Q&n<owU?2on7H{`~0!732LBEdBc<2?qr$4Ez=z8V58CMKl>u5)$MY!T=Y|"
    r"I105D1`8D(A^rg#1N+t^AQ}Gw3<&-55&R1dAQ3|o-boz~>Id}j`0YFo?I|D=6#+*$0_nru^}ql+E%rC~|NI;SD<lx{;sC@14-7sS"
    r";xHPp0vQVwFS!UDGZhIj7Y*wf9E*ocBNrk&5g!pBAb}SADg&_k2~<;7Fo8la<0S9-7!VWq==&q<1n~#k?)&E5>-YWM5DnSx<qiA;"
    r"3kLcT3=}8q-vine>i_ov*wf!4`quRA`4AiQ+R)Jk1?MX(>?I`M3Of4)^Yhly>k{w?^62>Z4(0Ll5&q!-1=!~k;@;K-&_)m^^z#3{"
    r"Ef2`s6dB|Y>J=l?`3Nig=K~|!)D!as7AO+$Apxoq;8g|R5cUfK{Q(6fBp4AG>j(fk{SCDP6{qGN1nBhq0Se^CAQJug*C@v=-{c7>"
    r"_0Z`9?yT)0{P51?+!Z9>f%X5^`V$f1f$ZlJ81cvN`PRrE^(O1y{M#A){tgiC@A~2!+WiaO@&4lW7ZM8;?hy9&^zQ!F*zn@^^6mKQ"
    r"3?9@I%@GRy|LEHg)A8ySQm-H->fr4I4ABk>_RaS^FxXVj9qAJh4HM<U`v#mo{22Mo?8pNp93S_<1{c%o{RETh=g<DC^7s(z2<0CV"
    r"@emK#>Iu>E>j(PtwE*3L=<M_q{M#rP4AuS%`XTP$0U)9q-{bMo2lmV4ybk&B^Y$bv&>`;%j0Uz7>-@Ht-zoGA0O#}d0K@?N2<`Oc"
    r"(xdJ({Q4T%>NDEq-QL@_xZ=>_1V0MG^9kGV00b=o@eJS*-SayA^quX+-VUVc3GV_3?e7J;@CwZp+y2xD^9(Em1T7EE0=o3@+urEn"
    r"0XXQ^>je-3;vTNp-0tP=>LD5B8ZP}72ju?_4i5MU9RULT4CTKN2@@L$2@LuY3A7#p1P0*y_Zl8E2ih7j{{P$s`1usn;PmtE>GR<L"
    r"%moJa_X*$A?f1{=*9Iu`?fU8V-3t~0-t`Oc(&X~q;06K}|I!Ne^A-)`+!5XE6$kYV><kb35E1PT1_9pg_6YtN7vS~j=>`E70p|}5"
    r"1orR;>Ga<O=_>d68}AhL5(v=f{SW5)?*aq@1P%)O^$!&B>JI!57X0+$==u8*_4D)#@d5+;_YV>(5CQ@i))D~({QmvW`}*nq_Vxhy"
    r"{uu1s`~(T#?)>H#_6q?D`Q8Nd_5%z9{_p4l0|F8J;`je31^XZY(%AkD3ijy(0qFAy4e$H`?cxCI@f-O1@$Ci`?dJyf0{;B!7Z3>u"
    r"^aBDD1O5K}?hhCH74aYF4F>-L_xt++_!jN%4Ez2F6Swph{q+F=^6=ma0qOD)>*XNw`}7U~`v&Co`vR}{01EN=;q4C!1rqr1>h;40"
    r"1Ms^5`|j+y6ch>j?fn!14FmV@{1eIR`Uw2x#{2NP?(qc(@AEAX?)?4S0R{!^3lp^*>e&AQ4CmDU>G=8;`2yqG-}nF}$LI6?+WXV("
    r"^8o<x1_=`K{_6|)1>FnU0pal)_22^J=N8KU($C@6-vku^2=o5d@$&Em@cka;-vs6Z{re8z2kP|X-1gej{}u!J>EsOq?F8rn?D^#K"
    r"=@1zr0Q&gZ|LEZd1OWRD1n>j;^alU}3HIX+`uy_l`19s6{u&MX4GAne2-pw(1pxy400iqE3JU)6_a5EG7#;xo-~<of4;SX<0rHwD"
    r"|M?!>5bFUB6$bhqCM4nRB=!p!_(u6C7zyMI^B3p|^9>9A>-h@y%H-?=`9JvU_4@M&3eETj@d60L`PA^?GSe0uEZ#C04fX&R{VE>}"
    r"4F&uS3HSHp{0HLy0Sx>U^5h5h?%?b1-}(#l1i=9c>m29l2K($A<|Y=$0r?Ez5cB2y-1h7PG!p>~^b+*u{x|vi3eOGy4%x%404?(L"
    r"0pa`o`XSrY{igH~@V~#+4g>xF`uY6@rw<7h@9H@t6AHoX4-DWI0PYI}%l7jOLFEI<4%{LNBNP_)^$`Xi6A}mVC>R6l5E>L684xS{"
    r"{ox$v=LF*L5ESqI1qt#W00{dL_6Z)x0tWm7{P7d;3nS_J=>+=?2lnF4#`4e;4EYB4{2?O{`SAcIBNYG+6b=;D1_<f^`Rm#l0_ET8"
    r"1Jelo^x+f~3;qB29QiT+yZSXJ=nm==0r40C2?5>0^#bo86FU$h_W}0d0`v%4@9Fv@=@;ts1_2lL=KcV}_4@zx@A2yp{UXNz7!DBH"
    r"^!Db_>>nct^xO#^@8#AU{T1&N?g01g5en=P>JS15<LB$+7ZvdRAODva<?qPp3jo{<>-_-s{|x{3{qQ*G4%z(w2mtUM0=DW75fJSG"
    r"`{W_<5D*R_^!*Rg3>OD23Gf3kB^dGU_#p!g5eoVO5egXw_7UI}`|>6>3FAR70S*8W{u~PY0R9as7VZuF76uOb_xtt$000*H6%rHP"
    r"015a45f>WsBN*%j3FPh(6$umu4;m>05)B*w{u;d-837O$00QnA7Xcp!01@RA_XiIA^X>->?FRGe6%YXR>iYxi`uY10{}mGF{qp_;"
    r"4*m571`rtk1m^(}7YG&z3l#zX^#Td@2=w;-0SEU6_zC#v^VZk`-2)8&2kraZ=oQH9^ycL3@%Q}I4+tI&^A809`~CX%7#jHm_Xhj?"
    r"76<DC5Z4C%4gT`L`5xc(?CcK(3<2WW2K)gB@6Mav1oip^{Oaow;rA^A{o54tDb&{a`PbqQ@AVJ>-2D^#CiEB!2?H4j5$6R7{}K%m"
    r"3*Q;-@d66*AqoE#1rjI$`rrrx2=EK?4F%Qm76J<p+yv?r`0f_o`Roey9{wr?1q<);?*#@A^B)2H+2Q;Q4*=}@2kZz46YKL03-tH~"
    r"^Z*C*2@dTG`||S>2?e<P5%vHE`rQO05CsJV^6};Y&;2440Q?6N?Ewq-4)Y5G?*Hx~4F&Z6{S4#x5Ao+71^EFI==kpo?(_5K`UDdD"
    r"5g`W#_8|QS69VJm^&SHX2K5He^a}tC?h6q8?&0GM1q=QO^!xG#@9*aO^8)<i-wEjE@!8_!3irM9=>G2q`vCeF1poH__xAP4<oGf4"
    r">*VqX{t5i(4F~uk^ZW4t_zDC63<L)a|NRN`75oPN_4NZH_Za{92QCT+0t^ok1RDJe2@w18{{r|J4+-}D_RQu6{tOxI{1E*B1?K_?"
    r"0sZ#;@E!mU`6Lwf4+yH@@*MvN4fzo11{3uT5CiWK90dIP`TzG90QCv}_9qJgCkF)T3mowp0}%%M4f-G)_x%9*1`zq}<Om4{`WE>1"
    r"{r2wt{_X?f_yYaa5)$e92I1}v1=j}t{qOPw@&hCb4&dzo3i$*05d#7L^7$GH1@;dC{qGF;|M~FV4E*01<oOBU1Q8G5`VRx)=Kt*A"
    r"2nPH5>;V22^zR7(`}^(`_W%9>{0IW)2muZZ0sZmw_5<_*68Z4${sZ?F6z22Z{08<3?d|#p6Bp<002}-K91QyN{NMKQ0rLU_`uzq0"
    r"?eYQu@Cgpz4DtczBJ}1D1Qq=S5exwJ00#>C^Z)?|1^5N%<^%Tx0S*WA0`>_B1PK)l1`GV`{O0}-5)&=l@Dl_40}2W82nq$}`Sk4@"
    r"*8uGK2nq522kQO;3lj<q>iY}7{^t1m{q_0t1@8?5{O|qm>Inl3_Wm9i0SY7&+#UfY?<o}w0Rs>X^7ZuHAO!;Y0R0CS1OM{v{1gE+"
    r"`tbq+8VvO60O$qq_5Bp;{q+j>2LAd9{~iAN{qh*`3I+fR5c&!U1^Nyi_6GPC_7N2I`W6KR{sr6u|M&|WDiaI=8Uhb801*!d0{!~>"
    r"5C{70_V@=I4j&E(1^xRN2@L)6E9v|L73&)e4+aGO{S*lV0{Zp&<_;wm2M-MY{`w0I4fx;&1u5+b75WVz3hodG><Z%x{S*ll2K@o("
    r"y6_J52wOEd9r+mjEbb8yFbVbU2?!h!A~H%lAqm$k6%8dJDChmz{_-6k3(vwR4g=ll0n7Z$^bX+l>L26$=osH41|9Fn2?_27<oW>V"
    r"=i%NN_5u<H%H#9_+W_YE`|0Eb_|hHs0`n)`{R9j2E8_P44JtPe4&Mp+0s6uj;1doI{^Rl&4es~%=NIb;4(I^W=pnxBx<WT6=fDrv"
    r"IVRZK20iX1{Y?bI10yjr+t(!Q-TLPvAIT@S7b4ikzZL8pDDDy)Bk<$r6d?ve&k_Uf&&>wC1<K$^=fc0+5*FhMB>ET@#4+L|+|T{}"
    r"qs|!k0ImiO9i1r^*)kXP03;vq-ZNhC3J2ix-SL+0@%7$GArSVY)B6%L1pmY!2Lk~K@Vo8h?iShh&h!HG(fIr8?+6yF+vLja<>n{p"
    r"`}*za(+Tky=-UVdv*qr*|NAWo88G$t><az~7W)SK8yf+?77X+d1049$68XOv_y+#__Rk9%4C4O_7aR}nu^Ru}^ULhq?F!;3*X#%E"
    r"5GKnY6Hu%A@)rE)`}_O*-Q)Qp^$*wd5XTx6+!OHo$1dag84(8)9sc>*2Qw%R0^kkF$|MT>0Q}$t$G*Q7;64WcL;M*K{vHbY<@g5i"
    r"?7q+T^cL{a;18Ag(FOP7C<-6_2^kdZ3n=Cgy6vy(<mwS4`|Jbt_Q(qb^a#n!9t;%xDIp3Q3=kUK6CE@p5#|900t*5I0_6-ZBl@r?"
    r"`9cE@O7{XF4jJJ*8|fzqf!it__!uECBRv``GmkSR@e<cS`Q6<K230&MA|%5J8{!`I4f_ki|41P04y?I4`U|K8x0AZ#%oE=G+CG5|"
    r"*CzZP${p{<<06v7@dQ)~{|LSv%N`K}q{b5Lo*wX~Ugs<o==2cp1GZV-3H9R)BAYSvHs?mr3*#UT=O(4?vE2d%8{Fps3eV}`=?e<!"
    r"<o>wUfhd8Kpa~vC#^v**S18{0A0N^h7B2>dr#nB!(EI@Ci5m(5cf(`MF!QmJ@JX{LEw4cxG{@edBUtx5)(9dR!|&dK_<{!#8IQB2"
    r"M=`<29`_;kfpn!`)6{xi#>WTZ7@86&{lZrKDEk!=%K8`8B^4ah03rhV7bYn*3eco9{wC6g7V0oe0tewu6fFT3>VfX$^$3CS0~HPe"
    r"&kFbH^Va{%xvtUa#=>{2*Z;>1k1Yru-ypids?+)0d&o;E^IH-GCfdIW?hpqpUC%j|B<TbX4Dki&Dkh~J7xNyr-+}!@{|yT&82}?F"
    r"*cRyL1FY2n;`GNH)z9+S{~*se9Vxrg{CVl@_75);{Q*w=;WyF&54sey{v^!5;{^lbNDvn69P9AZ)b}L*{qHJ*xBVIi9UufA8@LG2"
    r";8xofF7g`z<}u|&5(g+S@5}5P@bA@@%jS+5nD_>nSLylXA`UkZ7C<G?*B~pz00<2p!8#D;RF(483*XiMB}_E(5dSL^2n;IVA|Fa5"
    r"Fxe*~6xjz4_^t|4I=jj?&Kyb0ObI(H6x*jEAnH6R&?reSI8hQB76|be+=cT5J4o_KD(BHL4)pxyC`0+`_vqpfKDrIoJ23SfDER_E"
    r"3<&u56Y=+390g1l3=aAAB^xnl+eEPHH2Wwf5Cz3Y7Y71Re-slUr|Ru{05$zOIO+}^pbFm&$R_sr90~=O65bp4Cw2b^{kQY0;tWzS"
    r"fgv%w2q+a-01nQ#4DJWC@60CT_+sAI+J6-y*RZ}T;t~dp^DO%n^bR1f%l-xp76CUS>hBvS2<!y}0ztmh2RP3-1Ic3W4H)Az3?a}U"
    r"AqP6=?ebUZ7-q5@8``wP3PBV*K>6m<2Qdx`tiTH>$A}gYHuMJr65#poGW9(0))!5<%YXdYCQ-FHS1cnT1PkJB`o|cc4*(20C2xWG"
    r"9@g|L3=Ux9K=a)VLh%0{6BF*bCh_P6{y_+R^eHp_`3VR6741MNB!3t@;K}P&O0j>?DOD0XHAOlJYZx0bamw`WL1<Px_!l!ybt5re"
    r"^9E4BNIeT#2i6xKCL%r!(pc>z%NH7WAuLVs%?C-s9TuH00b%w9{PYPJQseXP!@eUTH30Gb6X^9D4*taCDDCM399<nN2r~obAu1d>"
    r"2nF{r8!JFG4<H=w`!UQv={p+aPU-&(E+gJIPvQ^w9vTSs$HN{mHt`MmgY6K*ZisdY7#V*=M;{b4|2U%v;OhWI&AJ5)5QQQA`uhw7"
    r"1QiL(L@FW_CL;bb72rQpGWSW_0nB3w74K3Y11|&$((oQ2egpFr8$v7y?l!1W6wekmHEaew-~uo`1kfi28!iC&9Lm`46%7c108?2w"
    r"32ybs$GEv7DHkgf{m13?(lFTWK-@s$^B&yM?EW<b>>=d_2{ptS>pQ#~8$k(80_z?z2{PW^(grmB`r4&!*fmMv@em^O3=HYy>NzL$"
    r"Bhk_h%R);P80iHY(8Bgh6Y}0LH}VDG-K*>v4+qx*`SI)T6`SAN;4t?K2iEy>@eoi54jJRg7#}Ls<J!gcA^ZU0Gw%yIH19JO#tw!-"
    r"2;~z7_VV-e=s)fR))T@Ih07Yp@sJ?N1;ouI>H@(8ANB0z_VFVU=}ijhv-(&^t6M+_kyI}NTl8HQQe+-6_5uSz4FVF@ts2J_Smc{O"
    r">0<;rQttsu*Rsz}#z6Em_Z%PR@k2b$IPuQ0Isxq#;|TKh>Du_;5g+CEHskyq4mlyi?-$tu26*e$=hg`$69^J9a%|`@5Fba&O*=j*"
    r"6zKW{4kJAO`Q2m*Wcalr8b1yIIUWE^>(-(H?JJ^xEFk&EE1ntV>RbmTr^X2+DgOWlK0*yIBN`V6LM7cz;RHMhChgB2LoPGt67b*{"
    r"%U{RzGV8)70nZeHAtfjO>I@_iftEiL57{EtBeaS`A|m4*`t2C~u|0n%9Z`G}4!0bC_siJd7`)gVz~IN~9TY+x2?D;;{!$zJ>>{uz"
    r"zRL^<7zzC`Ba~{w;wQTN7JtX-_q_BK6#EVGNg4U@7y}Ts+U67c_Q%323HH<L694X|CMg@l_~7L6?9=`D?BfwP1}H1`_vz*d2&e)B"
    r"2Q2?0A)eMF2o(n!3oGy-5aJ!<=Ir_CBRdlv2-@@dAqw&J8U5?#_aN~11sUAu`tS)2<_yN>{t4j?^bIE<@bmu=5bpH|v(^mU;rJgG"
    r"`SSDv+T%CU{RPJ2_8Jh@2Gt}7{T%xE5ZUPc)ZOXp<0S6+CF2hO-U{yk1@!{z;qB+&2=4X6;u`5D$<oLJ=K%iU0VUB6^d1<s%oQ8#"
    r"58mtz`~DXJDYX9h{1)BQ5CG)*3?3Ey@D~mY>m1$s?Fs_%-s1Gk3Fa0C@ZIVj`5)=W1q}=#*&^%v64VU^|L))44#ws66$TO=>Hil6"
    r";`kB!@Ejrn`TXz^9S|EI4-@_tBJ$(GE*k_M7a7I}-x}Hj;}#pz^aSwx`v(*O_X_&@`u+jz@9^XH4F3WH2LSW+=o$|T>?GjM&g&Qk"
    r"YyLF}A`JQ(6!in(I}8=>9=ief9~31R0tp4|D((#R4DTc590mL}+v?&7EgtJ2`4jpV*}@1K_Z9;g-~B7v4+{4V{W!@2^c4r``3>p("
    r"_1Yir|Mu?)DGu!2@)qpi$_(J~2>|Ny0NNnACKdG%?fdcv<>V+02jvX}56{r*9RBnP1N;37*)%6D)c!6l?ds#~@eTa91K-f{sPpsN"
    r"KI;9?`x*N99sv93pyc7@{`V{w0U`_i9FO$h2LB?{><;+)1os07=l$92<^3S(1M?j0;Jz6N0P@)$`{hmA`w{>4039In2oU4V;qLkk"
)
"""Signed bytes in base 85, one row of hidden units for each number of the turned profiles."""
PROFILE_SCALE: Final = (
    0.0206555, 0.0200788, 0.0161747, 0.0303043, 0.0185368, 0.0117289, 0.0220908, 0.0172887, 0.0238711, 0.0235649,
    0.0144560, 0.0195282, 0.0158695, 0.0303477, 0.0203932, 0.0170204, 0.0154719, 0.0333214, 0.0196884, 0.0183361,
    0.0261294, 0.0175917, 0.0228940, 0.0163515, 0.0301181, 0.0157859, 0.0164702, 0.0154711, 0.0159360, 0.0209028,
    0.0142011, 0.0158015, 0.0235460, 0.0243918, 0.0204977, 0.0341444, 0.0174875, 0.0283598, 0.0277486, 0.0255777,
    0.0150208, 0.0149030, 0.0181324, 0.0145306, 0.0173787, 0.0298034, 0.0182004, 0.0138343,
)
HIDDEN_BIAS: Final = (
    2.2374, 1.2092, 0.9291, 0.5330, 0.5860, 1.3180, 0.5801, 0.9672, 0.7962, 0.3419,
    0.6848, 0.7566, 0.8776, 0.0165, 0.5443, 0.9053, -1.1463, 0.8656, 0.0731, 1.5657,
    0.3556, -1.1223, 0.3495, 1.3551, 0.4980, -0.1217, 1.3675, 0.7089, 0.1832, 1.0428,
    1.7945, 0.1746, 1.4134, -0.4689, 0.7465, 0.0096, 0.2678, 0.8929, 0.1178, 0.6823,
    0.1771, 0.2621, 0.4826, -0.4340, 0.8541, 1.5494, 1.1292, -0.1223,
)
MODE_WEIGHTS: Final = (
    -0.1874, -0.1689, -0.2694, -0.1793, 0.1732, 0.1909, -0.0242, -0.2734, 0.1226, 0.0355,
    0.1285, 0.1592, 0.0709, -0.2524, 0.0971, 0.0817, 0.1169, -0.1320, -0.0401, -0.3019,
    0.1620, 0.1678, -0.2253, 0.0923, 0.1540, 0.0371, -0.2377, 0.1034, 0.0430, 0.1709,
    0.1261, -0.1421, 0.0383, 0.1355, -0.2072, -0.2065, 0.0434, -0.2407, -0.2961, 0.0815,
    -0.1940, 0.1110, 0.2135, -0.2527, -0.3301, -0.2427, -0.0021, 0.1158, 0.1973, 0.1708,
    -0.2303, 0.0660, 0.1389, 0.1524, 0.0861, -0.1738, 0.1634, 0.1266, -0.2038, 0.1208,
    -0.0693, -0.2686, 0.0747, 0.1973, 0.1646, -0.0147, -0.3298, 0.0311, -0.0625, 0.1878,
    -0.2224, -0.2117, 0.1449, -0.1407, -0.0631, -0.2863, -0.3202, 0.1823, -0.2277, -0.2198,
    -0.1473, 0.1457, 0.1313, -0.1941, -0.2395, 0.0372, 0.1231, -0.1071, 0.0786, 0.1453,
    -0.0288, -0.3377, -0.1239, -0.2605, 0.1094, -0.0694,
)
"""Major, minor for each hidden unit."""
MODE_BIAS: Final = (
    -0.0630, 0.0836,
)
# fmt: on
