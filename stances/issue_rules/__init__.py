"""Which issues a roll call belongs to, by a file of rules that people read and write."""

from stances.issue_rules.assigning import assign_issues, explain_issues
from stances.issue_rules.reading import Rules, read_rules
from stances.issue_rules.report import Assignment, RuleReport
from stances.issue_rules.rule import Rule

__all__ = ["Assignment", "Rule", "RuleReport", "Rules", "assign_issues", "explain_issues", "read_rules"]
