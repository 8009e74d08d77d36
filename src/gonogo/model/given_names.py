"""Whether two given names may be one person's: a short form of the other, or the same sound in another spelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SHORT_FORMS: Final = """
abigail abby abbie gail
abraham abe bram
alan al
albert al bert
alejandro alex
alexander alex al sandy sasha xander alec
alexandra alexandria alex sandy sandra sasha lexi
alfred al fred alfie
alice allie ali
allison alison allie ali
amanda mandy
amelia amy millie
andrea andi
andrew andy drew
angela angie angel
anna ann anne annie nancy
anthony antonio tony
antoinette toni
arthur art artie
augustus gus augustine august
barbara barb babs barbie
bartholomew bart
beatrice beatrix bea trixie
benedict ben
benjamin ben benny benji
bernadette bernie
bernard bernie
bradley bradford brad
bridget biddy bridie
caroline carolyn carrie carol caro
casandra cassandra cassie sandy
catherine katherine kathryn katharine cathy kathy kate katie kat cat kit kitty kay trina
cecilia celia cece
charles charlie chuck chas carlos
charlotte lottie charlie char
christina christine kristina kristine chris tina chrissy kris
christopher chris kit topher kris cristobal
clifford cliff
clinton clint
constance connie
cornelius neil con
curtis curt kurt
cynthia cindy
daniel dan danny
danielle dani
david dave davy
deborah debra deb debbie
denise dennie
dennis denny
diana diane di
dolores lola
dominic dominick dom nick
donald don donnie
dorothy dot dottie dolly
douglas doug
edgar ed eddie
edmund ed eddie ned ted
edward ed eddie ned ted teddy eduardo
edwin ed eddie
eleanor elinor ellie nell nora lenore
elizabeth elisabeth liz lizzie beth betty betsy bess eliza elisa lisa libby ellie liza
emily em emmy
emma em emmy
enrique henry
eric erik rick
ernest ernie
esther essie hester
eugene gene
evelyn evie eve
ezekiel zeke
florence flo flossie
frances fran francine frankie
francis francisco frank pancho
franklin frank
frederick fred freddie rick fritz
gabriel gabe
gabriella gabrielle gaby gabby
genevieve gen viv
geoffrey geoff jeff
george georgie jorge
gerald gerard gerry jerry
geraldine gerry jerry
gilbert gil bert
gregory greg
gretchen greta margaret
guillermo bill
gwendolyn gwen
harold harry hal
harriet hattie
helen nell ellen
henry hank harry hal
herbert herb bert
howard howie
hubert bert hugh
ignacio nacho
irene rena
isaac ike
isabella isabel isabelle bella izzy belle
jacob jake jack
jacqueline jackie
james jim jimmy jamie jaime jem
jane janie jenny
jason jay
jeffrey jeff
jennifer jen jenny jenna
jeremiah jeremy jerry
jerome jerry
jessica jess jessie
joan joanna joanne jo joni
john jack johnny jon juan
jonathan jon jonny john nathan
jose pepe joseph
joseph joe joey jo
josephine jo josie
joshua josh
judith judy
julia julie jules
kenneth ken kenny
kevin kev
kimberly kimberley kim
lawrence laurence larry laurie
leo leon leonard len lenny
leonardo leo
lillian lily lil
lincoln linc
linda lindy
louis lewis lou luis
louise lou
lucille lucy lucia
luke lucas
madeline madeleine maddie
manuel manny
marcus marc mark
margaret maggie meg peggy marge margie greta rita daisy madge
marguerite margaret rita daisy
maria mary marie
marjorie marge margie
martha marty
martin marty
mary molly polly mamie may
matilda tilly mattie
matthew matt
maximilian maxwell max
megan meg meaghan
melissa missy mel
melanie mel
melvin mel
mercedes sadie
michael mike mick mickey miguel mitch mikhail
michelle shelly mickey
mildred millie
miranda mira randy
mitchell mitch
morris maurice mo
nancy nan
natalie nat
nathan nathaniel nate nat
nicholas nick nicky nico nicolas
nicole nicki nikki
norman norm
oliver ollie
olivia liv livvy
oscar ozzie
pamela pam
patricia pat patty trish tricia
patrick pat paddy
paul pablo pauly
paula pauline polly
peter pete pedro
philip phillip phil pip
phyllis phil
priscilla prissy cilla
rachel rae shelly
ralph rafe
ramona mona
randall randolph randy
raymond ray
rebecca becky becca
regina gina
reginald reggie reg
rene ren
richard rick ricky rich richie dick ricardo
robert rob robbie bob bobby bert roberto
roberta bobbie robbie bert
robin rob
rodney rod
roger rog
roland rollie
ronald ron ronnie
rosalind rosemary rosa rose rosie
roxanne roxy
rudolph rudy
russell russ rusty
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
sebastian seb bastian
sharon shari
sidney sid sydney
sheldon shelly
solomon sol
sophia sophie
stanley stan
stephanie steph stevie
stephen steven steve stevie esteban
stuart stewart stu
susan suzanne susanna sue susie suzy
sylvester sly
sylvia syl
tabitha tabby
tamara tammy
terence terrence terry
teresa theresa terry tess tessa tracy
theodora theo dora thea
theodore theo ted teddy
thomas tom tommy tomas
timothy tim timmy
tobias toby
ursula ulla
valentine valentina val
valerie val
vanessa nessa
veronica ronnie roni vera
victor vic
victoria vicky vic tori
vincent vince vinny
viola violet vi
virginia ginny ginger
vivian viv
walter walt wally
wallace wally
wendell wendy
wesley wes
wilfred will fred
wilhelmina mina willa billie
william will bill billy willie liam guillermo
winifred winnie freda
winston win
xavier javier
yvonne vonnie
zachary zach zack
"""

_GROUPS: Final = tuple(frozenset(line.split()) for line in _SHORT_FORMS.splitlines() if line)
_SOUNDS: Final = (
    (r"ph", "f"),
    (r"ck|[cq](?![eiyh])", "k"),
    (r"c(?=[eiy])", "s"),
    (r"z", "s"),
    (r"v", "f"),
    (r"ie$|ey$|ee$|y", "i"),
    (r"(?<=.)h", ""),
    (r"(.)\1+", r"\1"),
    (r"(?<=..)e$", ""),
)
_LEAST: Final = 3
"""Letters of a name from which its sound is compared: shorter ones, as of many Asian names, differ by one letter."""


def same_given(one: str, other: str) -> bool:
    """Whether two words, in small letters, may be one given name: ``ted`` and ``theodore``, ``lin`` and ``lynn``."""
    if any(one in group and other in group for group in _GROUPS):
        return True
    return min(len(one), len(other)) >= _LEAST and _sound(one) == _sound(other)


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    for pattern, letters in _SOUNDS:
        word = re.sub(pattern, letters, word)
    return word
