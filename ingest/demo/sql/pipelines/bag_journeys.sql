INSERT OVERWRITE TABLE lake.bag_journeys
SELECT
  bag_tag,
  flight_no,
  departure_date,
  MIN_BY(station, scanned_at) AS origin_station,
  MAX_BY(station, scanned_at) AS final_station,
  COUNT(scan_id) AS scans,
  MIN(scanned_at) AS first_scan_at,
  MAX(scanned_at) AS last_scan_at,
  NOT BOOL_OR(scan_point = 'claim') AS mishandled
FROM lake.bag_scans
WHERE scan_point <> 'checkin_retry'
GROUP BY bag_tag, flight_no, departure_date
