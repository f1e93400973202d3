package dev.sheaf.foreign.spark;

import org.apache.spark.sql.SparkSession;

/// An ordinary job: reads a CSV file of orders and writes what was spent in each country as
/// Parquet. That OpenLineage's listener reports to a node is a matter of its configuration alone.
///
/// Arguments: the node's address, a token for it, the file, the folder to write.
public final class SparkJob {
    private SparkJob() {}

    public static void main(String[] arguments) {
        SparkSession session =
                SparkSession.builder()
                        .master("local[1]")
                        .appName("spent-by-country")
                        .config("spark.ui.enabled", "false")
                        .config("spark.sql.shuffle.partitions", "1")
                        .config(
                                "spark.extraListeners",
                                "io.openlineage.spark.agent.OpenLineageSparkListener")
                        .config("spark.openlineage.namespace", "reports")
                        .config("spark.openlineage.transport.type", "http")
                        .config("spark.openlineage.transport.url", arguments[0])
                        .config("spark.openlineage.transport.endpoint", "/api/v1/lineage")
                        .config("spark.openlineage.transport.auth.type", "api_key")
                        .config("spark.openlineage.transport.auth.apiKey", arguments[1])
                        .getOrCreate();
        session.read().option("header", "true").csv(arguments[2]).createOrReplaceTempView("orders");
        session.sql(
                        "SELECT country, sum(CAST(amount AS int)) AS spent FROM orders GROUP BY"
                                + " country")
                .write()
                .parquet(arguments[3]);
        session.stop();
    }
}
