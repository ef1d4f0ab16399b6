"""The clause library as JSON."""

from flask import Blueprint

clause_api = Blueprint("clause_api", __name__)
