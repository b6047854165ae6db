using System.Runtime.CompilerServices;
using Avalonia;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Controls.Primitives;
using Avalonia.Controls.Templates;
using Avalonia.Input;
using Avalonia.Input.Platform;
using Avalonia.Input.Raw;
using Avalonia.Platform;
using Avalonia.Rendering;
using Avalonia.Rendering.Composition;
using Avalonia.Styling;
using Avalonia.Threading;

namespace Fibula.Avalonia.Tests.Stage;

/// <summary>
/// A platform without a screen: real windows, input, layout and paint of Avalonia over windows of the system that are not there.
/// Avalonia is one per process: one test at a time.
/// </summary>
internal sealed class StagePlatform : IWindowingPlatform
{
    private readonly Compositor _compositor = new(null);

    public static void SetUp(Func<Application> application, IApplicationLifetime lifetime)
    {
        // A new process would begin so.
        ResetDispatcher(null);
        AppBuilder builder = AppBuilder.Configure(application)
            .UseStandardRuntimePlatformSubsystem()
            .UseTextShapingSubsystem(() => { })
            .UseRenderingSubsystem(() => AvaloniaLocator.CurrentMutable
                .Bind<IPlatformRenderInterface>().ToConstant(Stub.Of<IPlatformRenderInterface>())
                .Bind<IFontManagerImpl>().ToConstant(Stub.Of<IFontManagerImpl>()))
            .UseWindowingSubsystem(() =>
            {
                AvaloniaLocator.CurrentMutable
                    .Bind<IKeyboardDevice>().ToConstant(new KeyboardDevice())
                    .Bind<IPlatformSettings>().ToSingleton<DefaultPlatformSettings>()
                    .Bind<PlatformHotkeyConfiguration>().ToSingleton<PlatformHotkeyConfiguration>()
                    .Bind<IPlatformLifetimeEventsImpl>().ToConstant(LifetimeEvents())
                    .Bind<ICursorFactory>().ToConstant(Stub.Of<ICursorFactory>())
                    .Bind<IRenderLoop>().ToConstant(RenderLoop.FromTimer(new UiThreadRenderTimer(100)));
                AvaloniaLocator.CurrentMutable.Bind<IWindowingPlatform>().ToConstant(new StagePlatform());
            });
        builder.AfterSetup(static builder => builder.Instance!.Styles.Add(WithoutContent()));
        Lifetime(builder) = lifetime;
        SetUp(builder);
    }

    /// <summary>What the system does when a key is pressed.</summary>
    public static void Press(Window window, Key key)
    {
        var system = (Stub)window.PlatformImpl!;
        var keyboard = AvaloniaLocator.Current.GetRequiredService<IKeyboardDevice>();
        var pressed = new RawKeyEventArgs(
            keyboard, 0, (IInputRoot)system["InputRoot"]!, RawKeyEventType.KeyDown, key, RawInputModifiers.None, PhysicalKey.None, null);
        ((Action<RawInputEventArgs>)system["Input"]!)(pressed);
    }

    /// <summary>What the system does when the close button of a window is clicked.</summary>
    public static void ClickClose(Window window)
    {
        if (window.PlatformImpl is Stub system)
        {
            ((Func<WindowCloseReason, bool>)system["Closing"]!)(WindowCloseReason.WindowClosing);
        }
    }

    /// <summary>What the system does when the user logs off.</summary>
    /// <returns>False if the program has refused.</returns>
    public static bool LogOff()
    {
        var system = (Stub)AvaloniaLocator.Current.GetRequiredService<IPlatformLifetimeEventsImpl>();
        var request = new ShutdownRequestedEventArgs();
        SetIsOSShutdown(request, true);
        ((EventHandler<ShutdownRequestedEventArgs>)system["ShutdownRequested"]!)(system, request);
        return !request.Cancel;
    }

    public IWindowImpl CreateWindow() => Stub.Of<IWindowImpl>(stub =>
    {
        stub["Compositor"] = _compositor;
        stub["RenderScaling"] = stub["DesktopScaling"] = 1.0;
        stub["ClientSize"] = new Size(300, 200);
        stub["MaxAutoSizeHint"] = new Size(1000, 1000);
        stub["Handle"] = new PlatformHandle(0, "stage");
        stub.Does("SetInputRoot", root => stub["InputRoot"] = root[0]);
        stub.Does("Dispose", _ =>
        {
            ((Action?)stub["Closed"])?.Invoke();
            return null;
        });
        stub.Does("TryGetFeature", type => (Type)type[0]! == typeof(IScreenImpl) ? Screens() : null);
    });

    public ITopLevelImpl CreateEmbeddableTopLevel() => throw new NotSupportedException();

    public IWindowImpl CreateEmbeddableWindow() => throw new NotSupportedException();

    public ITrayIconImpl? CreateTrayIcon() => null;

    public void GetWindowsZOrder(ReadOnlySpan<IWindowImpl> windows, Span<long> zOrder) => zOrder.Clear();

    private static IScreenImpl Screens() => Stub.Of<IScreenImpl>(stub => stub["AllScreens"] = Array.Empty<Screen>());

    private static IPlatformLifetimeEventsImpl LifetimeEvents() => Stub.Of<IPlatformLifetimeEventsImpl>(
        stub => stub.Does("add_ShutdownRequested", lifetime => stub["ShutdownRequested"] = lifetime[0]));

    // There is no font that could be measured: what is in a window belongs to it, but has no place on the screen.
    private static Style WithoutContent() => new(static selector => selector.Is<Window>())
    {
        Setters = { new Setter(TemplatedControl.TemplateProperty, new FuncControlTemplate<Window>(static (_, _) => new Border())) },
    };

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "ResetBeforeUnitTests")]
    private static extern void ResetDispatcher(Dispatcher? dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_IsOSShutdown")]
    private static extern void SetIsOSShutdown(ShutdownRequestedEventArgs request, bool value);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lifetime")]
    private static extern ref IApplicationLifetime? Lifetime(AppBuilder builder);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SetupUnsafe")]
    private static extern void SetUp(AppBuilder builder);
}
