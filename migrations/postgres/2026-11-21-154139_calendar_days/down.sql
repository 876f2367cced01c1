-- What was entered is lost; what the law gives is computed.

DROP TABLE calendar_days;
