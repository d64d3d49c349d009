using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>To oneself: hands over the next sagas of an organization.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="IsSweep">Once more, some time after everything was: what another instance of the service had just begun then.</param>
[WireName("keeping.let-go.v1")]
internal sealed record LetGo(Organization Organization, bool IsSweep = false) : IDirectoryMessage
{
    string IDirectoryMessage.Entry => Organization.Text;
}
