using SafeHarbor.Messaging;
using SafeHarbor.Notification;
using SafeHarbor.Notification.Storage;

var app = NotificationService.Build(args);
if (await app.MigrateWhenAskedAsync<NotificationDb>(args))
    return;
app.Run();
