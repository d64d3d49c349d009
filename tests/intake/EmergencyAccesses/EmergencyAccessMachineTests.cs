using Microsoft.Extensions.Configuration;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.EmergencyAccesses;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Intake.Tests.EmergencyAccesses;

/// <summary>The state machine as a table: state and message in, state and messages out.</summary>
public sealed class EmergencyAccessMachineTests
{
    private static readonly EmergencyAccessRules Rules = new(new ConfigurationBuilder().Build());
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly EmergencyAccessMachine _machine = new(Rules, new("intake"), TimeProvider.System);
    private readonly UnitOfWork _unit = new();
    private readonly EmergencyAccess _access = new()
    {
        CorrelationId = Guid.NewGuid(),
        EncounterId = Guid.NewGuid(),
        ReportId = Guid.NewGuid(),
        Organization = Organization.Parse("county:06059"),
        Subject = "somebody",
        Reason = "CHILD_MISSING",
        Reviewer = Organization.Parse("county:06037"),
        OpenedAt = DateTimeOffset.UtcNow,
        ExpiresAt = DateTimeOffset.UtcNow + Rules.Lasts,
    };

    public EmergencyAccessMachineTests() => EmergencyAccessMachine.Open(_unit, _access, Rules, new("intake"));

    [Fact]
    public void Opening_tells_the_timeline_the_reviewer_and_the_readers_own_organization_and_starts_the_reminder()
    {
        _unit.Messages.OfType<EmergencyAccessOpened>().ShouldHaveSingleItem().Reviewer.Text.ShouldBe("county:06037");
        _unit.Messages.OfType<NoticeRequested>().Select(n => (n.Organization.Text, n.Type, n.Link)).ShouldBe(
            [("county:06037", "emergency-access.opened.v1", $"/v1/emergency-accesses/{_access.CorrelationId}"), ("county:06059", "emergency-access.opened.v1", $"/v1/emergency-accesses/{_access.CorrelationId}")]);
        var (message, delay) = _unit.Timers.ShouldHaveSingleItem();
        message.ShouldBe(new AccessUnreviewed(_access.EncounterId, _access.CorrelationId));
        delay.ShouldBe(TimeSpan.FromDays(1));
        _access.Grant.ExpiresAt.ShouldBe(_access.ExpiresAt);
        _unit.Writes.Select(write => write.Row).ShouldContain(_access);
        var grant = _unit.Writes.Select(write => write.Row).OfType<Grant>().ShouldHaveSingleItem();
        (grant.GrantId, grant.ReportId, grant.Organization, grant.Tier, grant.LegalBasis).ShouldBe((_access.CorrelationId, _access.ReportId, _access.Organization, Tiers.County, RuleUses.EmergencyGrant));
    }

    [Fact]
    public async Task Its_review_is_due_until_somebody_has_reviewed_it()
    {
        _access.ReviewBy = DateTimeOffset.UnixEpoch;
        _access.DueAt.ShouldBe(DateTimeOffset.UnixEpoch);

        await ReviewAsync(new(), ReviewOutcomes.Justified);

        _access.DueAt.ShouldBeNull();
    }

    [Fact]
    public void How_long_it_lasts_and_how_often_its_reviewer_is_reminded_can_be_set()
    {
        var rules = new EmergencyAccessRules(new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("EmergencyAccess:Lasts", (string?)"01:00:00"), KeyValuePair.Create("EmergencyAccess:RemindEvery", (string?)"02:00:00")]).Build());

        (rules.Lasts, rules.RemindEvery, Rules.Lasts, Rules.RemindEvery).ShouldBe((TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Every_day_the_reviewer_is_reminded_again()
    {
        var unit = new UnitOfWork();
        for (var day = 1; day <= 3; day++)
            (await RemindAsync(unit)).ShouldBeTrue();

        _access.CurrentState.ShouldBe("Unreviewed");
        var notices = unit.Messages.OfType<NoticeRequested>().ToList();
        notices.ShouldAllBe(n => n.Organization.Text == "county:06037" && n.Type == "emergency-access.unreviewed.v1");
        notices.Select(n => n.NoticeId).Distinct().Count().ShouldBe(3);
        unit.Timers.Count().ShouldBe(3);
    }

    [Theory]
    [InlineData(ReviewOutcomes.Justified, false)]
    [InlineData(ReviewOutcomes.NotJustified, true)]
    public async Task A_review_ends_the_reminders_and_an_access_that_was_not_justified(string outcome, bool ends)
    {
        var unit = new UnitOfWork();
        (await ReviewAsync(unit, outcome)).ShouldBeTrue();

        (_access.CurrentState, _access.Outcome, _access.ReviewedBy).ShouldBe(("Reviewed", outcome, "supervisor"));
        unit.Messages.OfType<EmergencyAccessReviewed>().ShouldHaveSingleItem().Outcome.ShouldBe(outcome);
        (_access.ExpiresAt <= DateTimeOffset.UtcNow).ShouldBe(ends);
        unit.Writes.Select(write => write.Row).OfType<Grant>().Select(grant => grant.ExpiresAt).ShouldBe(ends ? [_access.ExpiresAt] : []);
    }

    [Fact]
    public async Task What_was_decided_stays_and_a_reminder_on_its_way_changes_nothing()
    {
        await ReviewAsync(new(), ReviewOutcomes.Justified);
        var unit = new UnitOfWork();

        (await ReviewAsync(unit, ReviewOutcomes.NotJustified)).ShouldBeFalse();
        (await SagaStep.RaiseAsync(_machine, _access, _machine.Reminder.AnyReceived, new AccessUnreviewed(_access.EncounterId, _access.CorrelationId), unit, cancellation: Cancellation)).ShouldBeTrue();

        _access.Outcome.ShouldBe(ReviewOutcomes.Justified);
        unit.Messages.ShouldBeEmpty();
    }

    private Task<bool> RemindAsync(UnitOfWork unit) => SagaStep.RaiseAsync(_machine, _access, _machine.Reminder.Received,
        new AccessUnreviewed(_access.EncounterId, _access.CorrelationId), unit, timerToken: _access.ReminderToken, cancellation: Cancellation);

    private Task<bool> ReviewAsync(UnitOfWork unit, string outcome) => SagaStep.RaiseAsync(_machine, _access, _machine.Review,
        new ReviewAccess(outcome, "supervisor"), unit, cancellation: Cancellation);
}
