"""What the pages of uptake share: their blueprint."""

from flask import Blueprint

uptake = Blueprint("uptake", __name__)
