SELECT left(region_id, 8), permit, count(*) FROM present GROUP BY 1, 2
