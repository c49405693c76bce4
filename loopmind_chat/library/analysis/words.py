"""What the words of file and folder names mean: roles, finer instruments, moods, genres, loop or one-shot.

The tables hold what producers write. A word that says what a sound *does* ("chords", "bassline") outweighs one that
says what it is made with ("piano", "synth").
"""

from dataclasses import dataclass
from typing import Final

from loopmind_chat.library.analysis.names import words as split
from loopmind_chat.song.vocabulary import Role

FUNCTION: Final = 3.0
"""Weight of a word for what a sound does."""
INSTRUMENT: Final = 1.0
"""Weight of a word for an instrument, which may do several things."""
EITHER: Final = 1.4
"""Weight of a word for a sound that some call one role and some another."""
HINT: Final = 0.4
"""Weight of a word that hardly says more than the kind of sound."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase says; ``role`` None: nothing about it."""

    role: Role | None
    weight: float
    tags: tuple[str, ...] = ()
    one_shot: bool = False
    """Such a sound is struck once, unless the name says "loop"."""


def _table(role: Role | None, weight: float, entries: str, *, one_shot: bool = False) -> dict[str, Meaning]:
    """Read entries like ``word``, ``word=tag,tag`` and ``two-words=tag``; without "=" the word is its own tag."""
    table = {}
    for entry in entries.split():
        phrase, _, tags = entry.partition("=")
        table[" ".join(split(phrase))] = Meaning(role, weight, tuple(tags.split(",")) if tags else (phrase,), one_shot)
    return table


def _speech() -> dict[str, Meaning]:
    """Words of sentences: files named with what is sung or said. They are no tags."""
    return {
        phrase: Meaning(meaning.role, meaning.weight) for phrase, meaning in _table(Role.VOCAL, HINT, _SPEECH).items()
    }


_HITS: Final = """
    kick bd=kick kik=kick kicks=kick kickdrum=kick kick-drum=kick bass-drum=kick bassdrum=kick drum-bass=kick snare
    snares=snare sn=snare snr=snare sd=snare clap claps=clap clp=clap handclap=clap handclaps=clap hand-clap=clap
    tom toms=tom lotom=tom midtom=tom hitom=tom crash=crash,cymbal ride=ride,cymbal cymbal cymbals=cymbal
    china=cymbal splash=cymbal hat=hats hats hihat=hats hihats=hats hi-hat=hats hi-hats=hats hh=hats chh=hats,closed
    ohh=hats,open hatclsd=hats,closed hatopen=hats,open closed-hat=hats,closed open-hat=hats,open openhat=hats,open
    floor-tom=tom rack-tom=tom hightom=tom lowtom=tom crsh=crash,cymbal cymb=cymbal cym=cymbal bdrum=kick
    ghost-snare=snare
    cowbell-drum=cowbell foot-hat=hats pedal-hat=hats
"""
_CODES: Final = """
    ch=hats,closed oh=hats,open cp=clap lt=tom mt=tom ht=tom cy=cymbal cr=crash,cymbal rd=ride,cymbal bd1=kick sd1=snare
"""
_PERCUSSION_CODES: Final = "cb=cowbell ma=shaker cl=clave mc=conga hc=conga lc=conga rs=rim"
_DRUMS: Final = """
    drum=drums drums drumloop=drums drum-loop=drums drumkit=drums drum-kit=drums beat=drums beats=drums
    breakbeat=break break breaks=break amen=break top=tops tops top-loop=tops full-drums=drums groove=drums
    fill=fill fills=fill drum-fill=fill roll=roll rolls=roll drum-roll=roll snare-roll=roll backbeat=drums
"""
_PERCUSSION: Final = """
    perc=percussion percs=percussion percussion percussive=percussion percc=percussion shaker shakers=shaker
    tambourine tamb=tambourine conga congas=conga bongo bongos=bongo tumba=conga quinto=conga djembe darbuka tabla
    cajon timbale timbales=timbale cowbell cowbells=cowbell clave claves=clave woodblock wood-block=woodblock
    triangle guiro maracas cabasa agogo taiko udu snap=snap snaps=snap finger-snap=snap foley click clicks=click
    rattle=shaker hand-drum=percussion frame-drum=percussion bodhran handdrum=percussion doumbek darabuka=darbuka
    castanet=castanets castanets maraca=shaker shkr=shaker tamborine=tambourine tmb=tambourine cng=conga bng=bongo
    cwbl=cowbell crotales vibraslap ratchet washboard sleighbells=tambourine sleigh-bells=tambourine wood=woodblock
    stick=rim sticks=rim tick=click ticks=click tok=click bong=percussion guira=guiro surdo repinique
    pandeiro=tambourine
    dhol dholak mridangam ghatam kanjira daf riq bata latin=percussion ethnic-drum=percussion body-percussion=percussion
"""
_RIMS: Final = "rim rims=rim rimshot=rim rimshots=rim sidestick=rim side-stick=rim"
_BASS: Final = """
    bass bassline bass-line=bassline basslines=bassline sub=sub subbass=sub sub-bass=sub 808=808,bass 808s=808,bass
    reese=reese,bass wobble=wobble,bass low-end=bass bass-guitar=bass,guitar moog-bass=bass,synth upright-bass=bass
    slap-bass=bass acid-bass=acid,bass 303=acid,bass donk=bass bs=bass bss=bass fretless=bass contrabass=bass
    double-bass=bass synthbass=bass tb303=acid,bass growl=bass low-bass=bass
"""
_MELODY: Final = """
    melody melodies=melody melodic=melody mel=melody lead leads=lead arp arps=arp arpeggio=arp arpeggios=arp
    arpeggiated=arp riff riffs=riff solo topline=melody top-line=melody motif=melody hook=melody sequence=arp
    seq=arp counter-melody=melody countermelody=melody guitar-lead=lead,guitar arpg=arp arpegg=arp ld=lead mldy=melody
    lick=melody licks=melody ostinato=melody
"""
_CHORDS: Final = """
    chord=chords chords progression=chords prog=chords progressions=chords harmony=chords stab=stab stabs=stab
    strum=strum comp=chords comping=chords skank=skank chd=chords chrd=chords crd=chords chds=chords stb=stab
    triad=chords
    strums=strum strumming=strum orchestra-hit=stab orch-hit=stab power-chord=chords power-chords=chords
"""
_PAD: Final = "pad pads=pad padd=pad drone drones=drone wash=pad swell=pad swells=pad"
_ATMOSPHERE: Final = """
    atmos=atmosphere atmosphere atmospheres=atmosphere atmospheric=atmosphere ambience ambiance=ambience
    soundscape=atmosphere ambi=ambience atm=atmosphere atmo=atmosphere amb=ambience
"""
_VOCAL: Final = """
    vocal vocals=vocal vox=vocal voc=vocal acapella acappella=acapella voice=vocal voices=vocal choir choirs=choir
    chant chants=chant adlib adlibs=adlib ad-lib=adlib rap singer=vocal sung=vocal singing=vocal speech=spoken
    spoken phrase=vocal vocoder talkbox=vocal vocal-chop=vocal,chop vocal-chops=vocal,chop vox-chop=vocal,chop
    humming=vocal whisper=vocal shout=vocal scream=vocal ooh=vocal aah=vocal spoken-word=spoken
    female-vocal=vocal,female male-vocal=vocal,male vcl=vocal vocl=vocal rapper=rap verse-vocal=vocal lyrics=vocal
    talking=spoken laugh=vocal laughter=vocal scat=vocal aahs=vocal oohs=vocal beatbox=vocal mc-phrase=vocal
    harmonies=vocal
"""
_PASSING: Final = """
    riser risers=riser uplifter=riser uplifters=riser downlifter downlifters=downlifter sweep sweeps=sweep
    upsweep=sweep downsweep=sweep whoosh woosh=whoosh swoosh=whoosh swash=whoosh impact impacts=impact boom=impact
    cineboom=impact braam=impact transition transitions=transition zap zaps=zap laser=zap siren airhorn=siren
    backspin=scratch rewind=scratch reverse reversed=reverse rev=reverse tape-stop=tape-stop tapestop=tape-stop
    explosion=impact gunshot gun=gunshot sub-drop=impact subdrop=impact reverse-crash=reverse,crash
    reversed-crash=reverse,crash reverse-cymbal=reverse,cymbal reversed-cymbal=reverse,cymbal
    rev-cymbal=reverse,cymbal rev-crash=reverse,crash reverse-snare=reverse,snare reverse-clap=reverse,clap
    reverse-kick=reverse,kick reverse-vocal=reverse,vocal imp=impact rsr=riser upl=riser uplift=riser downer=downlifter
    up-lifter=riser down-lifter=downlifter boomer=impact sub-boom=impact swp=sweep whsh=whoosh ufo=zap alarm=siren
"""
_FX: Final = """
    rise=riser build-up=riser buildup=riser build=riser fall=downlifter fx sfx=fx fxx=fx effect=fx effects=fx noise
    white-noise=noise glitch scratch scratches=scratch vinyl crackle=vinyl hiss=noise texture textures=texture
    stutter=glitch field-recording=texture rain=texture nature=texture crowd vocal-fx=fx,vocal perc-fx=fx drum-fx=fx
    bass-fx=fx cymbal-fx=fx synth-fx=fx tex=texture txt=texture efx=fx eff=fx robot=fx phone=fx door=foley
    thunder=nature
    wind=nature water=nature bird=nature birds=nature machine=fx engine=fx printer=fx sci-fi=fx scifi=fx sound-effect=fx
"""
_KEYS: Final = """
    piano pianos=piano keys rhodes=rhodes,keys wurli=wurlitzer,keys wurlitzer=wurlitzer,keys organ clav=clavinet
    clavinet e-piano=piano,keys epiano=piano,keys electric-piano=piano,keys keyboard=keys harpsichord accordion
    ep=piano,keys pno=piano pf=piano grand-piano=piano key-loop=keys hammond=organ organs=organ harmonium
"""
_STRINGS: Final = "strings string=strings orchestra=orchestral orchestral ensemble=orchestral mellotron"
_SOLO: Final = """
    guitar guitars=guitar guit=guitar gtr=guitar acoustic-guitar=guitar,acoustic bell=bells bells bellz=bells
    glockenspiel=bells celesta=bells musicbox=bells music-box=bells chime=bells chimes=bells pluck plucks=pluck
    plucked=pluck marimba kalimba xylophone vibraphone vibes=vibraphone mallet mallets=mallet flute flutes=flute sax
    saxophone=sax trumpet trumpets=trumpet brass horn=brass horns=brass trombone clarinet oboe violin viola cello
    harp banjo ukulele mandolin sitar koto erhu oud whistle harmonica panflute=flute pan-flute=flute
    gt=guitar glock=bells plk=pluck plck=pluck bgl=bells mrmb=marimba vln=violin vla=viola vlc=cello tpt=trumpet
    trp=trumpet
    flt=flute clar=clarinet sax-solo=sax recorder=flute shakuhachi=flute bagpipe zither=koto shamisen piccolo=flute tuba
    steel-drum=steelpan steel-drums=steelpan steelpan steel-pan=steelpan theremin ocarina duduk fiddle
"""
_SYNTH: Final = """
    synth synths=synth saw=synth supersaw=synth analog=analog wavetable=synth moog=synth juno=synth
    synthesizer=synth syn=synth
"""
_SPEECH: Final = """
    i me my you your we us let it is not yeah hey baby go come this that who what why never always word lord life me
    excuse praise one-two-three say tell know hope
"""
_MOODS: Final = """
    dark darker=dark evil=dark sinister=dark eerie=dark spooky=dark haunted=dark horror=dark scary=dark creepy=dark
    gloomy=dark night=dark midnight=dark shadow=dark shadows=dark grim=dark demon=dark devil=dark bright
    happy=happy,bright sunny=bright,happy uplifting=uplifting,bright shiny=bright sparkle=bright sparkly=bright sad
    melancholic=sad melancholy=sad emotional emo=emotional lonely=sad tears=sad crying=sad pain=sad heartbreak=sad
    warm cozy=warm soft=soft,calm gentle=soft,calm smooth calm chill=chill,calm chilled=chill,calm
    relaxed=chill,calm mellow=mellow,calm peaceful=calm dreamy dream=dreamy dreams=dreamy ethereal=dreamy
    space=spacey spacey cosmic=spacey floating=dreamy dusty tape vintage retro=vintage old=vintage crackly=dusty
    gritty dirty=dirty distorted dist=distorted crunchy=gritty aggressive hard hardcore=aggressive angry=aggressive
    rage=aggressive heavy massive=heavy big=heavy punchy fat thick=fat deep epic cinematic mysterious
    mystic=mysterious exotic romantic sexy=romantic love=romantic funky groovy bouncy bounce=bouncy energetic
    hype=energetic hypnotic weird psychedelic trippy=psychedelic wet dry clean filtered filter=filtered lush airy
    cold icy=cold metallic tense suspense=tense rainy=rainy,sad nostalgic summer=bright,happy winter=cold minimal
    simple=minimal busy sparse
"""
_GENRES: Final = """
    trap drill lofi=lofi,dusty lo-fi=lofi,dusty house deep-house=house,deep tech-house=house techno trance dnb
    drum-n-bass=dnb drum-and-bass=dnb drum-&-bass=dnb jungle=jungle,dnb dubstep riddim=dubstep garage ukg=garage
    hiphop hip-hop=hiphop boombap=boombap,hiphop boom-bap=boombap,hiphop rnb r&b=rnb soul neo-soul=soul,rnb jazz
    jazzy=jazz funk disco pop rock metal indie reggae reggaeton dembow=reggaeton dancehall afrobeat
    afrobeats=afrobeat afro amapiano phonk ambient edm electro synthwave vaporwave hyperpop latin country folk blues
    gospel classical industrial idm hardstyle plugg pluggnb=plugg ragga=dancehall electronica downtempo triphop
    trip-hop=triphop bass-music bass-house=house haus=house jersey-club
"""

MEANINGS: Final[dict[str, Meaning]] = {
    **_table(Role.DRUMS, FUNCTION, _HITS, one_shot=True),
    **_table(Role.DRUMS, FUNCTION, _DRUMS),
    **_table(Role.DRUMS, EITHER, _CODES, one_shot=True),
    **_table(Role.PERCUSSION, EITHER, _PERCUSSION_CODES, one_shot=True),
    **_speech(),
    **_table(Role.PERCUSSION, FUNCTION, _PERCUSSION),
    **_table(Role.PERCUSSION, FUNCTION, _RIMS, one_shot=True),
    **_table(Role.BASS, FUNCTION, _BASS),
    **_table(Role.MELODY, FUNCTION, _MELODY),
    **_table(Role.CHORDS, FUNCTION, _CHORDS),
    **_table(Role.PAD, FUNCTION, _PAD),
    **_table(Role.VOCAL, FUNCTION, _VOCAL),
    **_table(Role.FX, FUNCTION, _FX),
    **_table(Role.FX, FUNCTION, _PASSING, one_shot=True),
    **_table(Role.CHORDS, INSTRUMENT, _KEYS),
    **_table(Role.PAD, INSTRUMENT, _STRINGS),
    **_table(Role.PAD, EITHER, _ATMOSPHERE),
    **_table(Role.MELODY, INSTRUMENT, _SOLO),
    **_table(Role.MELODY, HINT, _SYNTH),
    **_table(None, 0.0, _GENRES),
}
"""What sounds and genres are called, by phrase in small letters."""

GENRES: Final[dict[str, Meaning]] = _table(None, 0.0, _GENRES)
"""The genres among them."""

MOODS: Final[dict[str, Meaning]] = _table(None, 0.0, _MOODS)
"""What sounds are like; a word may stand here and in ``MEANINGS``."""

_WEAK: Final = """
    top tops break groove comp hook phrase solo rise fall build click roll reverse reversed rev rain nature gun
    noise texture string ensemble fill ride sub sd sn hh rim snap scratch boom glitch beat drum fx sfx effect
    effects 808 808s 303
"""
WEAK_WORDS: Final = frozenset(" ".join(split(word)) for word in _WEAK.split())
"""Words of file names that a plainer one outweighs: "Break My Heart Vocal" is no break, "808 Kick" no bass."""
FOLDER_WEAK_WORDS: Final = frozenset(("808", "808s", "303", "synth", "synths"))
"""Words of folders that name a machine rather than what it plays: "TR-808" holds drums."""
WEAK: Final = 0.5
"""What a weak word's weight is multiplied with."""

ONE_SHOT_PHRASES: Final = frozenset(
    ("oneshot", "oneshots", "one shot", "one shots", "hit", "hits", "single", "shot", "shots")
)
LOOP_PHRASES: Final = frozenset(("loop", "loops", "looped", "drumloop", "drumloops"))
"""Words of sounds that are meant to go round."""
CONTINUOUS_PHRASES: Final = frozenset(("texture", "textures", "atmos", "atmosphere", "ambience", "ambiance", "drone"))
"""Words of sounds that go on and on, even where they sweep."""
HALF_TIME_PHRASES: Final = frozenset(("half time", "halftime"))
DOUBLE_TIME_PHRASES: Final = frozenset(("double time", "doubletime"))

PHRASE_WORDS_MAX: Final = 3
