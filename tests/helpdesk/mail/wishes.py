"""Mail wanted, as features want it."""

from mpdi.helpdesk.mail.sending import want


def wish(
    database,
    recipient="elise@commune.example",
    subject="Réponse : nettoyage",
    body="Bonjour,\n.\n.fin\nété\n" + "mot " * 300,
    **values,
):
    with database.writing() as session:
        return want(session, recipient, subject, body, "fr", **values).id
