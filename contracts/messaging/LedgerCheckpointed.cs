namespace SafeHarbor.Contracts.Messaging;

/// <summary>
/// A service says where the chain of its ledger ends: at least each second while entries come, and again each half minute while none do. Every other service and every node keeps it, so that
/// whoever has one database cannot cut off or rewrite its ledger unseen (docs/ledger.md).
/// </summary>
[Message("ledger.checkpointed.v1", From = [Services.Intake, Services.CountyRouting, Services.Notification, Services.CaseServices],
    To = [Queues.IntakeWitness, Queues.RoutingWitness, Queues.NotificationWitness, Queues.CaseWitness], ToNodes = true)]
public sealed record LedgerCheckpointed : IDirectoryMessage
{
    /// <summary>What is signed.</summary>
    public required LedgerCheckpoint Checkpoint { get; init; }
    /// <summary>The ledgers that this service is the witness of, and until when it has heard of each: so each knows that it has witnesses.</summary>
    public required IReadOnlyList<WitnessedLedger> Witnessed { get; init; }

    string IDirectoryMessage.Entry => Checkpoint.Ledger;
}

/// <summary>The same of a node's ledger, which county-routing alone keeps: when a county's people work is no other county's business. Published by nodes.</summary>
[Message("node-ledger.checkpointed.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.RoutingWitness])]
public sealed record NodeLedgerCheckpointed : IDirectoryMessage
{
    /// <summary>What is signed.</summary>
    public required LedgerCheckpoint Checkpoint { get; init; }
    /// <summary>The ledgers that this node is the witness of, and until when it has heard of each.</summary>
    public required IReadOnlyList<WitnessedLedger> Witnessed { get; init; }

    string IDirectoryMessage.Entry => Checkpoint.Ledger;
}

/// <summary>A ledger's signed statement of where its chain ends.</summary>
public sealed record LedgerCheckpoint
{
    /// <summary>Whose: a service's name, or <c>node-NAME</c>.</summary>
    public required string Ledger { get; init; }
    /// <summary>How many entries the chain has.</summary>
    public required long Position { get; init; }
    /// <summary>Its last hash: SHA-256, hexadecimal.</summary>
    public required string Hash { get; init; }
    /// <summary>When it was signed.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Which key signed it.</summary>
    public required string KeyId { get; init; }
    /// <summary>ECDSA P-256 with SHA-256, r and s, base64; over what docs/ledger.md says.</summary>
    public required string Signature { get; init; }
}

/// <summary>A ledger that somebody is the witness of.</summary>
public sealed record WitnessedLedger
{
    /// <summary>Whose.</summary>
    public required string Ledger { get; init; }
    /// <summary>Until when it was heard, in whole minutes: whoever reads this learns that the ledger lives, and not when it is written to.</summary>
    public required DateTimeOffset At { get; init; }
}
