using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// Makes every statement of EF Core the request's caller's, in the same round trip: what comes first tells the database for whom it is. Outside of a
/// request it is nobody's, and sees nothing.
/// </summary>
internal sealed class CallerInterceptor(IHttpContextAccessor requests) : DbCommandInterceptor
{
    private const string Parameter = "@safeharbor_reader";

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Announce(command);
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result,
        CancellationToken cancellationToken = default)
    {
        // The announcement's own result.
        await result.NextResultAsync(cancellationToken);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Announce(command);
        return ValueTask.FromResult(result);
    }

    private void Announce(DbCommand command)
    {
        var reader = requests.HttpContext is { } request && Caller.TryFrom(request.User, out var caller) ? Reader.Of(caller) : default;
        var plan = command.CommandText.StartsWith($"-- {Reader.ByIndexTag}", StringComparison.Ordinal) ? Reader.ByIndex : "";
        command.CommandText = $"{Reader.Announcement.Replace("$1", Parameter, StringComparison.Ordinal)}{plan};\n{command.CommandText}";
        var name = command.CreateParameter();
        (name.ParameterName, name.Value) = (Parameter, reader.Name);
        command.Parameters.Add(name);
    }
}
