using System.Windows.Forms;
using Fibula;

namespace PricesWindowsForms;

internal static class Program
{
    // docs: main
    [STAThread]
    private static void Main()
    {
        Application.EnableVisualStyles();
        UiApp app = Application.UseFibula();
        Application.Run(new PricesForm(app));
    }
    // docs: end
}
