"""How tests of inspections speak to the product."""


def url_of(visit, rest=""):
    return f"/api/v1/inspections/{visit.inspection.id}{rest}"


async def move(client, visit, name, **body):
    read = (await client.get(url_of(visit))).json()
    return await client.move(read, url_of(visit), name, **body)
