namespace SafeHarbor.Notification.Delivery;

/// <summary>One notice on its way to one endpoint. Its id is the <c>webhook-id</c>, by which the receiver recognizes a repetition.</summary>
internal sealed class NoticeDelivery
{
    public Guid Id { get; set; }
    public Guid NoticeId { get; set; }
    public Guid EndpointId { get; set; }
    public string State { get; set; } = DeliveryStates.Pending;
    /// <summary>Why it was given up.</summary>
    public string? Reason { get; set; }
    /// <summary>Failed attempts since <see cref="StartedAt"/>.</summary>
    public int Attempts { get; set; }
    /// <summary>When it was begun, or asked for again; it is given up some time after.</summary>
    public DateTimeOffset StartedAt { get; set; }
    /// <summary>When it is attempted next, by the database's clock; while an attempt runs, when somebody else may take it over.</summary>
    public DateTimeOffset DueAt { get; set; }
    /// <summary>The attempt that runs; another one's outcome does not move <see cref="DueAt"/>.</summary>
    public Guid? Claim { get; set; }

    /// <summary>The same notice to the same endpoint is the same delivery, however often it is asked for.</summary>
    public static NoticeDelivery Of(Guid notice, Guid endpoint, DateTimeOffset now) => new()
    {
        Id = DeterministicId.Of(notice, endpoint.ToString()),
        NoticeId = notice,
        EndpointId = endpoint,
        StartedAt = now,
        DueAt = now,
    };
}

/// <summary>How far a delivery is.</summary>
internal static class DeliveryStates
{
    /// <summary>It is attempted until the endpoint takes it, or the schedule ends.</summary>
    public const string Pending = "PENDING";
    /// <summary>The endpoint has taken it.</summary>
    public const string Delivered = "DELIVERED";
    /// <summary>It is not attempted any more.</summary>
    public const string GivenUp = "GIVEN_UP";
}
