using System.Text.Json.Serialization;

namespace SafeHarbor.Client
{
    /// <summary>An answer whose state can be changed: it comes with an <c>ETag</c>.</summary>
    internal interface ITagged
    {
        string? ETag { get; set; }
    }
}

namespace SafeHarbor.Client.Notification
{
    public sealed partial record EndpointAnswer : ITagged
    {
        /// <summary>What a change of this state gives as <c>ifMatch</c>; null in lists.</summary>
        [JsonIgnore]
        public string? ETag { get; set; }
    }

    public sealed partial record EndpointWithSecret : ITagged
    {
        /// <summary>What a change of this state gives as <c>ifMatch</c>.</summary>
        [JsonIgnore]
        public string? ETag { get; set; }
    }
}

namespace SafeHarbor.Client.CaseServices
{
    public sealed partial record ProviderView : ITagged
    {
        /// <summary>What a change of this state gives as <c>ifMatch</c>; null in lists.</summary>
        [JsonIgnore]
        public string? ETag { get; set; }
    }
}

namespace SafeHarbor.Client.CountyRouting
{
    public sealed partial record ProtocolPackView : ITagged
    {
        /// <summary>What a change of this pack gives as <c>ifMatch</c>.</summary>
        [JsonIgnore]
        public string? ETag { get; set; }
    }

    public sealed partial record PackOutcome : ITagged
    {
        /// <summary>What the next change of this pack gives as <c>ifMatch</c>; of a dry run, what this one does.</summary>
        [JsonIgnore]
        public string? ETag { get; set; }
    }
}
