namespace SafeHarbor.Contracts;

/// <summary>The queues, <c>service-purpose</c>: each is consumed by the service whose name it begins with.</summary>
public static class Queues
{
    /// <summary>Every event of every encounter: it is listed with no record.</summary>
    public const string Timeline = Services.Intake + "-timeline";
    /// <summary>Who may read a report.</summary>
    public const string Disclosure = Services.Intake + "-disclosure";
    /// <summary>The sagas of the reporting officer's time limits.</summary>
    public const string ReportClock = Services.Intake + "-clock";
    /// <summary>The sagas of emergency accesses.</summary>
    public const string EmergencyAccess = Services.Intake + "-emergency-access";
    /// <summary>Providers whose entry or free places have changed.</summary>
    public const string Coverage = Services.Intake + "-coverage";
    /// <summary>Counties that are to be drilled, by a report of nobody.</summary>
    public const string DrillReport = Services.Intake + "-drill";
    /// <summary>Encounters whose county is to be found.</summary>
    public const string Jurisdiction = Services.CountyRouting + "-jurisdiction";
    /// <summary>The sagas of county handoffs.</summary>
    public const string Handoff = Services.CountyRouting + "-handoff";
    /// <summary>The sagas of what waits at the statewide desk.</summary>
    public const string Desk = Services.CountyRouting + "-desk";
    /// <summary>The sagas of the counties' nodes, which are to be heard.</summary>
    public const string Node = Services.CountyRouting + "-node";
    /// <summary>The sagas of the counties' drills.</summary>
    public const string Drill = Services.CountyRouting + "-drill";
    /// <summary>Notices to be delivered.</summary>
    public const string Notice = Services.Notification + "-notice";
    /// <summary>Handoffs whose children's needs are to be taken up.</summary>
    public const string Referral = Services.CaseServices + "-referral";
    /// <summary>The sagas of needs.</summary>
    public const string Need = Services.CaseServices + "-need";
    /// <summary>Where other ledgers end, for intake to keep.</summary>
    public const string IntakeWitness = Services.Intake + Witness;
    /// <summary>The same for county-routing; a node has one of its own.</summary>
    public const string RoutingWitness = Services.CountyRouting + Witness;
    /// <summary>The same for notification.</summary>
    public const string NotificationWitness = Services.Notification + Witness;
    /// <summary>The same for case-services.</summary>
    public const string CaseWitness = Services.CaseServices + Witness;

    private const string Witness = "-witness";

    /// <summary>Every queue of the system.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(Queues));

    /// <summary>Those that are reached by a message's key (<see cref="IAddressed"/>): a node may keep what would come there.</summary>
    public static readonly IReadOnlyList<string> Addressed = [Handoff];

    /// <summary>Those that every node has one of its own of, for what is told to nodes (<see cref="MessageAttribute.ToNodes"/>).</summary>
    public static readonly IReadOnlyList<string> OfEveryNode = [RoutingWitness];

    /// <summary>The queue of what a service witnesses of others' ledgers.</summary>
    public static string WitnessOf(string service) => service + Witness;

    /// <summary>The service that consumes the queue.</summary>
    public static string ServiceOf(string queue) => Services.All.Single(service => queue.StartsWith(service + "-", StringComparison.Ordinal));
}
