-- Tells every process of the forge that another one wrote, so that none answers with what it had read before. The payload is
-- the name of the application that wrote, which knows of its own writes already.
CREATE FUNCTION "events_tell_written"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('wit_written', current_setting('application_name'));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "events_written" AFTER INSERT ON "events" FOR EACH STATEMENT EXECUTE FUNCTION "events_tell_written"();
