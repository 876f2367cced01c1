DROP TABLE commendation_recipients;
DROP TABLE commendations;
DROP TABLE good_practices;
DROP TABLE dissemination_essays;
DROP TABLE dissemination_presenters;
DROP TABLE dissemination_sites;
DROP TABLE dissemination_events;
