namespace SafeHarbor.Local.Servers;

/// <summary>Servers that somebody else runs, named by environment variables. They come before everything else.</summary>
internal static class GivenByEnvironment
{
    public const string PostgresVariable = "SAFEHARBOR_POSTGRES";
    public const string RabbitMqVariable = "SAFEHARBOR_RABBITMQ";
    public const string ManagementVariable = "SAFEHARBOR_RABBITMQ_MANAGEMENT";

    public static FoundServer? Postgres(Func<string, string?> environment) =>
        environment(PostgresVariable) is { Length: > 0 } connection
            ? new FoundServer { Connection = connection, Origin = PostgresVariable, Given = true }
            : null;

    public static FoundServer? RabbitMq(Func<string, string?> environment)
    {
        if (environment(RabbitMqVariable) is not { Length: > 0 } broker)
            return null;
        var management = environment(ManagementVariable) is { Length: > 0 } given ? given : UsualManagementOf(new Uri(broker));
        return new FoundServer { Connection = new Uri(broker).GetLeftPart(UriPartial.Authority), Management = management, Origin = RabbitMqVariable, Given = true };
    }

    /// <summary>Both servers are named, so that nothing needs to be started.</summary>
    public static bool All => Postgres(Environment.GetEnvironmentVariable) is not null && RabbitMq(Environment.GetEnvironmentVariable) is not null;

    public static bool Any => Postgres(Environment.GetEnvironmentVariable) is not null || RabbitMq(Environment.GetEnvironmentVariable) is not null;

    /// <summary>The variables that name these servers.</summary>
    public static IReadOnlyDictionary<string, string> Of(string postgres, string rabbitMq, string management) => new Dictionary<string, string>
    {
        [PostgresVariable] = postgres,
        [RabbitMqVariable] = rabbitMq,
        [ManagementVariable] = management,
    };

    private static string UsualManagementOf(Uri broker) =>
        $"http://{(broker.UserInfo.Length > 0 ? broker.UserInfo : "guest:guest")}@{broker.Host}:15672";
}
