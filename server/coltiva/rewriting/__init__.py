"""Rewrites that build the relationship first, from the sender's own words and what the record holds."""

from __future__ import annotations

from coltiva.rewriting.change import Change, Rewrite, Rewriting, Suggestion
from coltiva.rewriting.lightening import lightened
from coltiva.rewriting.message import Message
from coltiva.rewriting.rewriter import Rewriter
from coltiva.rewriting.set_phrases import rewritten

__all__ = ["Change", "Message", "Rewrite", "Rewriter", "Rewriting", "Suggestion", "lightened", "rewritten"]
