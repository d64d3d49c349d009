namespace SafeHarbor.Messaging.Tests;

internal static class Lanes
{
    /// <summary>How many lanes the instance relays that has the fewest; 0 while not all of them are taken.</summary>
    public const string OfTheFewest = """
        select case when sum(lanes) = 16 then min(lanes) else 0 end from (select count(*) lanes from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and mode = 'ExclusiveLock' and granted group by pid) l
        """;
}
