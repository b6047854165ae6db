using Avalonia;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Controls.Platform;
using Avalonia.Interactivity;
using Avalonia.Threading;
using Story;

// Without windows: nothing but the dispatcher and the desktop lifetime, so that it runs everywhere.
using var lifetime = new ClassicDesktopStyleApplicationLifetime { ShutdownMode = ShutdownMode.OnExplicitShutdown };
AppBuilder.Configure<Application>().UseStandardRuntimePlatformSubsystem()
    .UseWindowingSubsystem(static () => AvaloniaLocator.CurrentMutable.Bind<IDispatcherImpl>().ToConstant(new ManagedDispatcherImpl(null)), "none")
    .UseRenderingSubsystem(static () => { }, "none")
    .UseTextShapingSubsystem(static () => { }, "none")
    .SetupWithLifetime(lifetime);
var lesson = new Lesson(handler =>
{
    var button = new Button { Content = "Go on" };
    button.Click += (_, _) => handler();
    button.RaiseEvent(new RoutedEventArgs(Button.ClickEvent));
});
int code = lesson.Run(new AvaloniaLoop(lifetime));
lesson.End();
return code;
