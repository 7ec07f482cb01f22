"""The published files that the readers read, as sources to cite; dates and versions are not in the files."""

from stances.models import Source

GENERAL_ASSEMBLY = Source(
    "un-general-assembly",
    "Voting data of the United Nations General Assembly",
    publisher="United Nations Digital Library",
    url="https://digitallibrary.un.org/record/4060887",
)
SECURITY_COUNCIL = Source(
    "un-security-council",
    "Voting data of the United Nations Security Council",
    publisher="United Nations Digital Library",
    url="https://digitallibrary.un.org/record/4055387",
)
UNVOTES = Source(
    "unvotes", "unvotes: United Nations General Assembly voting data", url="https://github.com/dgrtwo/unvotes"
)
VOETEN = Source(
    "voeten",
    "United Nations General Assembly voting data",
    publisher="Harvard Dataverse",
    url="https://doi.org/10.7910/DVN/LEJUQZ",
)
VOTEVIEW = Source("voteview", "Voteview: congressional roll-call votes", url="https://voteview.com/data")
CHES = Source("ches", "Chapel Hill Expert Survey", url="https://www.chesdata.eu")
QUAL_O_MAT = Source("qual-o-mat-data", "Qual-O-Mat data", url="https://github.com/gockelhahn/qual-o-mat-data")
