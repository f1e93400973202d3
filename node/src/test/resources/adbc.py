"""The ADBC driver for Flight SQL against a node: python adbc.py URL TOKEN; prints what it reads."""
import datetime
import sys

import adbc_driver_flightsql.dbapi as flight_sql

url, token = sys.argv[1], sys.argv[2]
options = {"adbc.flight.sql.authorization_header": "Bearer " + token}
with flight_sql.connect(url, db_kwargs=options, autocommit=True) as connection:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ? + 1 AS a, ? AS b, ?::DATE AS c, ?::BOOLEAN AS d",
            (41, "it's", datetime.date(2026, 1, 2), True),
        )
        print(cursor.fetchall())
        cursor.execute("SELECT range AS i FROM range(1000000)")
        print(cursor.fetch_arrow_table().num_rows)
        try:
            cursor.execute("SELECT * FROM read_csv('/etc/passwd')")
        except flight_sql.Error as refused:
            print("refused" if "not allowed" in str(refused) else refused)
    print(connection.adbc_get_table_types())
