//! Words that may stand for each other: what is said with the one is said with the other.
//!
//! Only words that are common and mean the same in most of their senses; a word stands in one line alone. Adjectives
//! of countries stand beside the countries' names.

use std::collections::HashMap;
use std::sync::LazyLock;

use retrieval::stem;

const SYNONYMS: &str = "\
about approximately around roughly circa nearly almost
accelerate quicken hasten
accept approve
achieve accomplish attain
acquire obtain get gain procure
additional further extra
aid help assist
allow permit enable let
also too additionally
amount quantity
ancient antique
animal beast creature
annual yearly
answer reply respond response
appear emerge arise
area region zone territory
argue contend maintain claim assert hold
assemble gather collect
assume suppose presume conjecture guess hypothesis
attempt try
author writer
automobile car
begin start commence onset
believe think
big large huge great
birth born
blame fault
boundary border
break fracture shatter
build construct erect built construction create make produce generate form manufacture made
burn combust
buy purchase bought
call name term designate
carry transport convey transmit
cease stop halt end finish
change alter modify transform
cheap inexpensive
child kid infant baby children
choose select pick chosen
clear transparent
close shut
common widespread frequent
compel force oblige
complete whole entire total
comprise consist contain include
conceal hide
conclude infer
connect link join
consequence result outcome effect
conserve preserve
cost price
country nation
crucial essential vital
damage harm injure
dangerous hazardous perilous
decide determine
demonstrate show prove evidence
depend rely
describe portray depict
destroy ruin demolish
detect notice observe perceive
devise invent
die death perish dead decease deceased
different distinct
difficult hard
digest digestion
direct straight
discover find found
disease illness sickness sick ill
divide split separate part
doctor physician
draw pull
earlier before previously
easy simple
eat consume
elect vote
eliminate remove abolish
employ use utilize apply
enemy foe
enlarge expand grow
enough sufficient
equal same identical
error mistake
escape flee
establish institute
estimate reckon calculate
example instance
exceed surpass
exist existence
expensive dear costly
explain account
fall drop decline decrease sink
fast quick rapid swift speedy
fatal deadly lethal
feed nourish
fertilize fertilise fertilizer fertiliser
first earliest initial
forbid prohibit ban
give provide supply
govern rule
handle deal
happen occur
happy glad
heat warmth
high tall
house home dwelling
human man person people men humans
idea concept notion
illegal unlawful
immediate instant
important significant
improve better
inhabitant resident
inquire ask question
investigate study research examine
keep retain store
know knew aware unaware
kind sort type
law statute act
lawsuit trial court
lead guide
leave depart
lessen reduce lower diminish cut
liberty freedom
main chief principal major
majority most
meaning sense
method technique
middle centre center
mix blend
mountain mount
move shift travel
nature natural
necessary required need require must
new novel
often frequently
oppose resist
origin source
own possess
perhaps possibly maybe
picture image photograph photo
place location site
plan scheme
plant factory
power strength
profit benefit
prompt cause induce trigger bring
protect guard shield
pupil student
push thrust
quiet calm
rare scarce seldom
recall remember
record register
reject refuse
remain stay
replace substitute
rest remainder
return come
rich wealthy
rise climb increase raise ascend
road street
sailor seaman
say state tell said
scientist researcher scholar
sea ocean
see watch
sell sold
send sent
ship vessel
shiver tremble
short brief
small little tiny fine
speak talk
stone rock
strange odd
take took
teach instruct
thing object
town city
treat therapy
turn rotate revolve
under beneath below
unite combine merge
usual normal typical ordinary
vanish disappear
various several
weak feeble
wide broad
work labour labor job
worker labourer laborer employee
world globe
write wrote written
wrong incorrect false
Scotland Scottish Scots
England English
France French
Spain Spanish
Britain British
Denmark Danish Danes
Switzerland Swiss
Greece Greek Greeks
Wales Welsh
Ireland Irish
Turkey Turkish
Poland Polish
Finland Finnish
Sweden Swedish Swedes
Norway Norwegian
China Chinese
Japan Japanese
Germany German
Italy Italian
Rome Roman
Europe European
America American
Africa African
Asia Asian
Australia Australian
Russia Russian
Egypt Egyptian
Israel Israeli
Portugal Portuguese
Netherlands Dutch Holland";

/// The first word of the line of each stem, as a stem.
static SENSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut senses = HashMap::new();
    for line in SYNONYMS.lines() {
        let mut stems = line.split(' ').map(|word| stem(&word.to_lowercase()).into_owned());
        let Some(first) = stems.next() else { continue };
        for stem in stems {
            senses.entry(stem).or_insert_with(|| first.clone());
        }
    }
    senses
});

/// What a stem stands for: that of another word which means the same, or itself.
pub(super) fn sense(stem: &str) -> &str {
    SENSES.get(stem).map_or(stem, String::as_str)
}
