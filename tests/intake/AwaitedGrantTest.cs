using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.Intake.Tests;

/// <summary>Reads reports to which a grant may be on its way.</summary>
public abstract class AwaitedGrantTest(RunningIntake running)
{
    protected TestIntake Intake { get; } = running.Intake;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Task RefusedAsync(Guid report, string organization) => Intake.EventuallyAsync(
        $"select count(*) from ledger where report_id = '{report}' and action = 'report.refused' and organization = '{organization}'", 1, "the refusal is on the ledger");

    protected Task<Answer> ReadAsync(Guid report, string organization) =>
        Intake.SendAsync(HttpMethod.Get, $"/v1/reports/{report}", organization: organization, scopes: "reports.read");

    protected async Task<Answer> ReportAsync()
    {
        var created = await Intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        return created;
    }

    protected static DisclosureGranted Granted(Answer report, string organization, string tier) => Sample.Granted(report.EncounterId, report.ReportId, organization, tier);
}
