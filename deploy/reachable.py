"""reachable.py DATABASE_URL BROKER_URL: both must answer, or the check has not run."""

import sys

import environ
import psycopg2
import redis


def main(database_url: str, broker_url: str) -> str:
    """What is wrong, in one sentence; empty if both answer."""
    database = environ.Env.db_url_config(database_url)
    try:
        psycopg2.connect(
            host=database["HOST"],
            port=database["PORT"] or 5432,
            user=database["USER"],
            password=database["PASSWORD"],
            dbname=database["NAME"],
            connect_timeout=5,
        ).close()
    except psycopg2.OperationalError as error:
        return f"PostgreSQL does not answer at TEST_DATABASE_URL: {error}"
    try:
        redis.Redis.from_url(broker_url, socket_timeout=5).ping()
    except redis.RedisError as error:
        return f"Redis does not answer at TEST_BROKER_URL: {error}"
    return ""


if __name__ == "__main__":
    if problem := main(*sys.argv[1:]):
        sys.exit(f"{problem}\nStart both with: make services")
