using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Story;

/// <summary>GTK 4, without any binding.</summary>
internal static unsafe partial class OnGtk
{
    private static Action? _handler;

    public static int Run()
    {
        nint application = ApplicationNew(null, 0);
        var lesson = new Lesson(handler =>
        {
            nint window = ApplicationWindowNew(application);
            nint button = ButtonNew("Go on");
            SetChild(window, button);
            _handler = handler;
            Connect(button, "clicked", &OnClicked, 0, 0, 0);
            Present(window);
            Emit(button, "clicked");
        });
        int code = lesson.Run(GLibLoop.OfApplication(application));
        lesson.End();
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClicked(nint button, nint data) => _handler!();

    [LibraryImport("libgtk-4.so.1", EntryPoint = "gtk_application_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ApplicationNew(string? id, int flags);

    [LibraryImport("libgtk-4.so.1", EntryPoint = "gtk_application_window_new")]
    private static partial nint ApplicationWindowNew(nint application);

    [LibraryImport("libgtk-4.so.1", EntryPoint = "gtk_button_new_with_label", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ButtonNew(string label);

    [LibraryImport("libgtk-4.so.1", EntryPoint = "gtk_window_set_child")]
    private static partial void SetChild(nint window, nint child);

    [LibraryImport("libgtk-4.so.1", EntryPoint = "gtk_window_present")]
    private static partial void Present(nint window);

    [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void Connect(nint instance, string signal, delegate* unmanaged[Cdecl]<nint, nint, void> handler, nint data, nint free, int flags);

    [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_signal_emit_by_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void Emit(nint instance, string signal);
}
