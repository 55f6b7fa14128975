"""How an organizer's browser uses the admin's lists."""

from django.urls import reverse


def listed(client, model, **query):
    return client.get(reverse(f"admin:{model}_changelist"), query)


def act(client, model, action, *rows, **answers):
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return client.post(reverse(f"admin:{model}_changelist"), chosen | answers, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
