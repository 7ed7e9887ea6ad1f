-- dialect: bigquery
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: ML.PREDICT hands on the columns of its table (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-predict)

select pid, predicted_fee from ml.predict(model shop.fees, (select pid, weight from parcel))

-- pid <- parcel.pid IDENTITY
-- predicted_fee <- parcel.pid TRANSFORMATION
-- predicted_fee <- parcel.weight TRANSFORMATION
