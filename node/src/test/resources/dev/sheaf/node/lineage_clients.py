"""Stock tools that report to a node: openlineage-python, dbt with dbt-ol, MLflow's client of a registry of models.

Arguments: address of the node, token, an empty folder, a file of orders (as of online-retail). Prints one line for each
that worked.
"""
import datetime
import os
import pathlib
import subprocess
import sys
import uuid

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DBT_SEND_ANONYMOUS_USAGE_STATS="false")

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import column_lineage_dataset, schema_dataset
from openlineage.client.transport.async_http import AsyncHttpConfig, AsyncHttpTransport
from openlineage.client.transport.http import ApiKeyTokenProvider, HttpCompression, HttpConfig, HttpTransport

address, token, folder, orders = sys.argv[1:5]
folder = pathlib.Path(folder)


def report(client, name, source, target):
    """A run that makes `target.spent` from `source.amount`."""
    run, job = Run(str(uuid.uuid4())), Job("python", name)
    made_from = column_lineage_dataset.Fields(
        inputFields=[column_lineage_dataset.InputField(namespace="files", name=source, field="amount")]
    )
    output = OutputDataset(
        "files",
        target,
        facets={
            "schema": schema_dataset.SchemaDatasetFacet([schema_dataset.SchemaDatasetFacetFields("spent", "double")]),
            "columnLineage": column_lineage_dataset.ColumnLineageDatasetFacet({"spent": made_from}),
        },
    )
    for state in (RunState.START, RunState.COMPLETE):
        client.emit(
            RunEvent(
                eventType=state,
                eventTime=datetime.datetime.now(datetime.timezone.utc).isoformat(),
                run=run,
                job=job,
                inputs=[InputDataset("files", source)],
                outputs=[output] if state == RunState.COMPLETE else [],
                producer="https://example.com/stock",
            )
        )
    if not client.close(30):
        raise SystemExit(name + ": not all events were taken")
    print("ok openlineage", name, flush=True)


key = ApiKeyTokenProvider({"apiKey": token})
report(OpenLineageClient(transport=HttpTransport(HttpConfig(url=address, auth=key))), "plain", "a", "b")
packed = HttpConfig(url=address, auth=key, compression=HttpCompression.GZIP)
report(OpenLineageClient(transport=HttpTransport(packed)), "packed", "b2", "c")
later = AsyncHttpConfig(url=address, auth=key, compression=HttpCompression.GZIP)
report(OpenLineageClient(transport=AsyncHttpTransport(later)), "async", "c2", "d")


def dbt():
    """A project of two models: one reads the file, the other what the first made."""
    project = folder / "shop"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(
        "name: shop\nversion: '1.0'\nprofile: shop\nmodel-paths: [models]\nmodels: {shop: {+materialized: table}}\n"
    )
    (project / "profiles.yml").write_text(
        "shop: {target: dev, outputs: {dev: {type: duckdb, path: '%s', threads: 1}}}\n" % (folder / "shop.duckdb")
    )
    (project / "models" / "lines.sql").write_text(
        "SELECT country, quantity * unit_price AS spent FROM (SELECT Country AS country, Quantity AS quantity,"
        " UnitPrice AS unit_price FROM read_csv('%s', header = true))\n" % orders
    )
    (project / "models" / "by_country.sql").write_text(
        "SELECT country, sum(spent) AS spent FROM {{ ref('lines') }} GROUP BY country\n"
    )
    environment = dict(os.environ, OPENLINEAGE_URL=address, OPENLINEAGE_API_KEY=token, OPENLINEAGE_NAMESPACE="dbt")
    program = pathlib.Path(sys.executable).parent / "dbt-ol"
    done = subprocess.run(
        [str(program), "run", "--project-dir", str(project), "--profiles-dir", str(project)],
        cwd=folder,
        env=dict(environment, PATH=str(program.parent) + os.pathsep + os.environ["PATH"]),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0 or "Emitted" not in done.stdout + done.stderr:
        raise SystemExit(done.stdout + done.stderr)
    print("ok dbt", flush=True)


dbt()


def mlflow():
    """The registry, by a client that is given the node's address and a token and nothing else."""
    os.environ.update(MLFLOW_TRACKING_TOKEN=token, MLFLOW_HTTP_REQUEST_MAX_RETRIES="0")
    client = MlflowClient(tracking_uri=address, registry_uri=address)
    client.create_registered_model("churn")
    tags = {"sheaf.domain": "sales", "sheaf.trained-on": "sales.orders.amount", "stage": "trial"}
    client.create_model_version("churn", "s3://models/churn/1", tags=tags, description="first")
    client.create_model_version("churn", "s3://models/churn/2", tags=tags)
    first = client.get_model_version("churn", "1")
    require(first.tags["sheaf.trained-on"] == "sales.orders.amount" and first.description == "first", first)
    require([model.name for model in client.search_registered_models("name LIKE 'ch%'")] == ["churn"], "search")
    found = client.search_model_versions("name = 'churn' AND tags.stage = 'trial'", order_by=["version_number DESC"])
    require([version.version for version in found] == ["2", "1"], found)
    require(client.get_latest_versions("churn")[0].version == "2", "the latest")
    client.set_model_version_tag("churn", "1", "stage", "live")
    client.update_model_version("churn", "1", description="the first")
    client.delete_model_version_tag("churn", "2", "stage")
    client.set_model_version_tag("churn", "1", "sheaf.trained-on", "sales.orders.id")
    first = client.get_model_version("churn", "1")
    require((first.tags["stage"], first.description) == ("live", "the first"), first)
    require("stage" not in client.get_model_version("churn", "2").tags, "the tag is gone")
    for version in ("1", "2"):
        client.set_registered_model_alias("churn", "champion", version)
    require(client.get_model_version_by_alias("churn", "champion").version == "2", "the alias")
    require(client.get_registered_model("churn").aliases == {"champion": "2"}, "the model's aliases")
    client.delete_registered_model_alias("churn", "champion")
    require(client.get_model_version_download_uri("churn", "1") == "s3://models/churn/1", "the files")
    refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model("nobody"))
    refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model("churn"))
    refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version_by_alias("churn", "champion"))
    refused("NOT_IMPLEMENTED", lambda: client.transition_model_version_stage("churn", "1", "Production"))
    refused("NOT_IMPLEMENTED", lambda: client.delete_model_version("churn", "1"))
    refused("NOT_IMPLEMENTED", lambda: client.create_experiment("runs"))
    print("ok mlflow", flush=True)


def require(holds, what):
    if not holds:
        raise SystemExit("it is not so: %s" % what)


def refused(word, call):
    """The node's no is the client's own exception."""
    try:
        call()
    except MlflowException as error:
        require(error.error_code == word, "%s, not %s: %s" % (word, error.error_code, error))
        return
    raise SystemExit("it was not refused: " + word)


mlflow()
