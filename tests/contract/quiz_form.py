"""The form of a quiz in a browser without JavaScript: what is asked, how each kind is answered, what is kept."""

from banks import by_question

# an order is kept by a button of its own
KEEP = "giu"


def questions_of(page):
    return list(page.root.all(data_question=True))


def answered(page, choose):
    """{field: [value, …]} for every question of the page; `choose(question)` gives the values of its choice."""
    form = {}
    for question in questions_of(page):
        position = question.get("data-position")
        form[f"{position}-choice"] = choose(question)
        if kind_of(question) == "ordering":
            form |= {f"{position}-shown": [], f"{position}-move": KEEP}
    return form


def chosen_in(form):
    """The values that were chosen, of all questions together."""
    return {value for field, values in form.items() if field.endswith("-choice") for value in values}


def kind_of(question):
    if question.first("ol", data_order=True):
        return "ordering"
    return "matching" if question.first("select", data_choice=True) else "choices"


def possible(question):
    """Two answers to choose between, whatever the kind."""
    if kind_of(question) == "ordering":
        steps = [step.get("value") for step in question.all("input", data_choice=True)]
        return [steps, steps[::-1]]
    if kind_of(question) == "matching":
        rows = [row_values(select) for select in question.all("select", data_choice=True)]
        return [[values[0] for values in rows], [values[1] for values in rows]]
    return [[choice.get("value")] for choice in question.all("input", data_choice=True)]


def row_values(select):
    return [option.get("value") for option in select.all("option") if option.get("value")]


def choose_right(course):
    """Answers each question as the bank of the course has it."""
    items = by_question(course)

    def choose(question):
        text = question.first("legend").text
        item = next(item for words, item in items.items() if words in text)
        return RIGHT[kind_of(question)](question, item)

    return choose


def _right_choices(question, item):
    wanted = {" ".join(option["text"].split()) for option in item["options"] if option["right"]}
    found = [one for one in question.all("input", data_choice=True) if one.parent.text in wanted]
    assert len(found) == len(wanted), (wanted, question.text)
    return [one.get("value") for one in found]


def _right_order(question, item):
    steps = {step.first("p").text: step.first("input").get("value") for step in question.all("li")}
    return [steps[" ".join(step.split())] for step in item["items"]]


def _right_pairs(question, item):
    values, right = [], {" ".join(pair["left"].split()): pair["right"] for pair in item["pairs"]}
    labels = {label.get("for"): label.text for label in question.all("label")}
    for select in question.all("select", data_choice=True):
        wanted = " ".join(right[labels[select.get("id")]].split())
        values.append(next(option.get("value") for option in select.all("option") if option.text == wanted))
    return values


RIGHT = {"choices": _right_choices, "ordering": _right_order, "matching": _right_pairs}


def saved(page):
    """The values that the page says are kept."""
    kept = set()
    for question in questions_of(page):
        for choice in question.all(data_choice=True):
            if "data-saved" not in choice.attributes:
                continue
            if choice.tag == "select":
                kept |= {one.get("value") for one in choice.all("option") if "selected" in one.attributes}
            else:
                kept.add(choice.get("value"))
    return kept
