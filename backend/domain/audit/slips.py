"""Common misspellings that the general rule does not see: two letters away from the word meant, or put together from words."""

SLIPS = dict(
    pair.split(":")
    for pair in """
    accomodations:accommodations acommodate:accommodate accross:across adminster:administer adminstration:administration
    agressive:aggressive aggresive:aggressive analysys:analysis assesment:assessment assessement:assessment
    assitance:assistance beaurocracy:bureaucracy bureacracy:bureaucracy cancelation:cancellation commited:committed
    committment:commitment comittment:commitment commmitted:committed comunicated:communicated communciation:communication
    compatability:compatibility competant:competent concensus:consensus consistant:consistent consistantly:consistently
    consultent:consultant convinient:convenient coordiantion:coordination coorinated:coordinated curriculm:curriculum
    decison:decision definate:definite desicion:decision developped:developed
    devolopment:development dilligent:diligent disatisfied:dissatisfied effeciency:efficiency eficient:efficient
    embarass:embarrass enterpreneur:entrepreneur entrepeneur:entrepreneur equiptment:equipment excellant:excellent
    excercise:exercise expirience:experience experince:experience finacial:financial foriegn:foreign fullfill:fulfill
    fullfilled:fulfilled gaurantee:guarantee goverment:government grammer:grammar heirarchy:hierarchy
    implimented:implemented implimentation:implementation independant:independent independantly:independently
    infrastucture:infrastructure initative:initiative inteligence:intelligence intergrated:integrated intergration:integration
    laison:liaison liasion:liaison lisence:licence maintainance:maintenance maintenence:maintenance maintanance:maintenance
    managable:manageable manegement:management medicial:medical milestons:milestones millenium:millennium
    negociated:negotiated negociate:negotiate occassion:occasion occassionally:occasionally ocassionally:occasionally
    occurance:occurrence occurence:occurrence oppurtunity:opportunity opperations:operations paralell:parallel
    parliment:parliament percieve:perceive performence:performance permanant:permanent personel:personnel
    persistant:persistent planing:planning posession:possession practioner:practitioner preperation:preparation
    presantation:presentation proccess:process profesional:professional proffesional:professional
    proffesionals:professionals proffessional:professional programing:programming proficent:proficient
    publically:publicly quaterly:quarterly questionaire:questionnaire reccomend:recommend recomend:recommend
    reccommended:recommended referal:referral referals:referrals refered:referred relevent:relevant relevence:relevance
    resposible:responsible responsability:responsibility responsable:responsible responsibilties:responsibilities
    responsiblity:responsibility restaraunt:restaurant resturant:restaurant schedual:schedule scedule:schedule
    seccretary:secretary secratary:secretary sevice:service specalist:specialist statagies:strategies stategy:strategy
    strategys:strategies sucess:success sucessful:successful succesfully:successfully superviser:supervisor
    supervisior:supervisor thier:their threshhold:threshold tommorow:tomorrow transfered:transferred
    transfering:transferring truely:truly untill:until usefull:useful utilzed:utilized vaccum:vacuum vehical:vehicle
    calender:calendar prefered:preferred preffered:preferred wich:which wherehouse:warehouse writting:writing writen:written teh:the recieve:receive
    """.split()
)
