using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Processes;

public sealed class InstallationRecordTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_written_is_read_until_it_is_deleted()
    {
        new InstallationRecord("host", []).Write(_directory);

        InstallationRecord.Read(_directory).ShouldNotBeNull().VirtualHost.ShouldBe("host");
        InstallationRecord.Delete(_directory);
        InstallationRecord.Read(_directory).ShouldBeNull();
    }

    [Fact]
    public void Deleting_once_more_after_all_data_was_wiped_is_no_error()
    {
        var wiped = Path.Combine(_directory, "wiped");

        InstallationRecord.Delete(wiped);

        Directory.Exists(wiped).ShouldBeFalse();
    }
}
