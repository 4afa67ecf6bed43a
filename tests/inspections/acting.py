"""How tests of inspections speak to the product."""


def url_of(visit, rest=""):
    return f"/api/v1/inspections/{visit.inspection.id}{rest}"


async def move(client, visit, name, **body):
    read = (await client.get(url_of(visit))).json()
    return await client.move(read, url_of(visit), name, **body)


async def judge(client, sheet_id, criterion, version=0, **body):
    url = f"/api/v1/sheets/{sheet_id}/judgements/{criterion.id}"
    return await client.put(url, json=body, headers={"If-Match": f'"{version}"'})
