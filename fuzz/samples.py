"""A small valid example of what each reader reads: one text per file, in the order of the target's files."""

import csv
import io

CODEBOOK = """\
id = "two-halls"
title = "Two halls and a bridge"

[[scales]]
id = "side"
levels = ["against", "open", "for"]

[[issues]]
id = "bridge"

[[questions]]
id = "q1"
text = "Build it?"
scale = "side"
issues = ["bridge"]
weight = 2.0

[[questions]]
id = "q2"
text = "Charge a toll?"
scale = "vote"
date = 2024-05-01

[[actors]]
id = "EAST"
name = "East Hall"
aliases = ["the hall"]

[[actors]]
id = "WEST"

[[sources]]
id = "s"
date = "2024-05"
passages = 2

[[uncoded]]
source = "s"
locator = "2"
reason = "the weather"
"""
STANCES = """\
actor,question,position,date,basis,asked_by,source,locator,quote,voice,coder,confidence,salience,extra:page
EAST,q1,for,2024-05-01,deed,,s,1,"a ""bridge"" now",own,ann,0.5,3,007
WEST,q1,silent,,,EAST,,,,,,,,
WEST,q2,no,2024-05/,,,,,,,,,,
"""
DOCUMENT = """\
{"schema_version": 1, "id": "d", "title": "t",
 "scales": [{"id": "side", "levels": ["against", "open", "for"], "values": [0, 1, 3]}],
 "issues": [{"id": "i", "name": "I"}],
 "questions": [{"id": "q", "text": "Build it?", "scale": "side", "issues": ["i"], "weight": 0.5, "date": "2024"}],
 "actors": [{"id": "A", "aliases": ["a"]}, {"id": "B", "kind": "bloc"}],
 "memberships": [{"actor": "A", "bloc": "B", "since": "2020-01"}],
 "sources": [{"id": "s", "passages": 2}],
 "stances": [{"actor": "A", "question": "q", "position": "for", "basis": "deed", "confidence": 1,
   "evidence": [{"source": "s", "locator": "1", "quote": "\\u00e9t\\u00e9", "voice": "own"}]},
  {"actor": "B", "question": "q", "position": "silent", "asked_by": "A", "extra": {"page": "007"}}],
 "uncoded": [{"source": "s", "locator": "2", "reason": "r"}]}
"""
GERMAN = """\
Stand: 4. Mai;;

actor;question;position;date;confidence;salience;source;speaker;;Seite
FRA;q1;supportive;2024-05-01T10:30:00+02:00;0,5;1,25;s;"a ""speaker""; there";;007
CHN;q1;silent;2024-05-01 10:30/2024-06;;;;;;
"""
TIDY = """\
actor,question,position,date,source,quote,scale,issue
EAST,q1,mixed,2025-07/,s,"a ""b"" c",support,i
EAST,q2,silent,,,,support,i
"""
UN_VOTES = """\
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,title,undl_link
1,FRA,FRANCE,Y,2022-03-02,76,A/RES/76/1,,"On bridges, ""old"" and new",https://example.org/1
1,CHN,CHINA,A,2022-03-02,76,A/RES/76/1,,"On bridges, ""old"" and new",https://example.org/1
2,FRA,FRANCE,N,2022-03-03,76,,A/76/L.2,On tolls,
2,CHN,CHINA,X,2022-03-03,76,,A/76/L.2,On tolls,
"""
UNVOTES = """\
rcid,country,country_code,vote
4701,Namibia,NA,yes
4701,Yugoslavia,YU,no
4702,Namibia,NA,No
4702,Viet Nam,VN,abstain
"""
ROLL_CALLS = """\
rcid,session,importantvote,date,unres,amend,para,short,descr
4701,61,0,2006-12-06,R/61/59,,,Towards,Towards a world
4702,61,NA,2006-12-06,R/61/59,NA,1,NA,NA
"""
ISSUES = "rcid,short_name,issue\n4701,nu,Nuclear weapons\n4701,di,Arms control\n"
VOETEN_LONG = """\
rcid,vote,Countryname,date,session,unres,descr,me,nu
4701,1,Namibia,2006-12-06,61,R/61/59,Towards a world,0,1
4701,3,Yugoslavia,2006-12-06,61,R/61/59,Towards a world,0,1
4702,8,Namibia,2006-12-07,61,,,1,0
4702,2,Viet Nam,2006-12-07,61,,,1,0
"""
VOETEN_WIDE = "rcid,date,nu,FRA,NAM\n5049,2010-10-26,TRUE,1.0,9\n5050,2010-10-27,FALSE,3,NA\n"
MEMBERS = 'icpsr,bioname,state_abbrev\n29147,"ELM, Ann",VT\n29148,"OAK, Ben",NY\n'
CASTS = """\
congress,chamber,rollnumber,icpsr,cast_code
116,Senate,1,29147.0,6.0
116,Senate,1,29148,1
116,Senate,2,29148,9
"""
CHES = """\
party,party_id,eu_position,eu_salience,lrecon,galtan
REDS,101,6.08,4.3,2.5,10
BLUES,102,2.25,,0,
"""
PARTY = '[{"id": 0, "name": "CDU / CSU"}, {"id": 1, "name": "GRÜNE"}]'
STATEMENT = (
    '[{"id": 0, "category": null, "text": "A limit."}, {"id": 1, "category": "Wind & Sea", "text": "No."}]'
)
ANSWER = '[{"id": 0, "message": "Stimme zu"}, {"id": 1, "message": "Stimme nicht zu"}, {"id": 2, "message": "Neutral"}]'
OPINION = '[{"party": 0, "statement": 0, "answer": 1}, {"party": 1, "statement": 1, "answer": 2}]'
OVERVIEW = (
    '{"title": "Council", "date": "2021-09-26", "slug": "council", "data_source": "https://example.org/c"}'
)
TABLE = """\
actor,question,position,date,issue,weight,session
FRA,r1,yes,2024,a;b,2,7
CHN,r1,no,2024,a;b,2,7
FRA,r 2,absent,,,0.5,8.0
"""
RULES = """\
[[rules]]
issue = "bridge"
reason = "The title names it."
title_any = ["bridge", "old ford"]
symbols = ["A/RES/76/*"]
since = 2020-01-01
"""
BLOCS = "bloc,actor,since,until\nHALLS,France,2020-01-01,\nHALLS,CHN,2021,2023-05\n"


def parquet() -> bytes:
    """Return the table of votes as Parquet: texts in codes and as they are, numbers, and two groups of rows."""
    import pyarrow as pa
    from pyarrow import parquet as files

    rows = list(csv.DictReader(io.StringIO(TABLE)))
    columns = {name: [row[name] or None for row in rows] for name in rows[0]}
    table = pa.table(columns | {"weight": [float(weight) for weight in columns["weight"]]})
    buffer = io.BytesIO()
    options = {"compression": "none", "use_dictionary": ["actor", "position"], "write_statistics": False}
    files.write_table(table, buffer, row_group_size=2, store_schema=False, **options)
    return buffer.getvalue()
