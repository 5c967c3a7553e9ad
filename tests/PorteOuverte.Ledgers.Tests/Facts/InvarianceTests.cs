using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PorteOuverte.Ledgers.Tests.Facts;

/// <summary>How books are cut into files and in what order their entries stand says nothing about the business.</summary>
public sealed class InvarianceTests
{
    // Random but believable books of two years: invoices, partial and grouped payments, credit notes, write-offs, openings.
    private static Books RandomBooks(int seed)
    {
        var random = new Random(seed);
        var books = new Books();
        var clients = Enumerable.Range(0, random.Next(1, 8)).Select(i => "C" + i).ToArray();
        books.Entry("AN", "20240101", "x", [.. clients.Select(c => Books.Client(c, random.Next(0, 500))), Books.At("512000", 1000), Books.At("101000", -1)]);
        var day = new DateOnly(2024, 1, 2);
        for (var i = 0; i < random.Next(5, 60); i++)
        {
            day = day.AddDays(random.Next(0, 12));
            var client = clients[random.Next(clients.Length)];
            var letter = random.Next(3) == 0 ? "" : $"A{(char)('A' + (i % 26))}";
            var net = random.Next(1, 9000) / 4m;
            var later = Iso(day.AddDays(random.Next(-5, 90)));
            switch (random.Next(6))
            {
                case 0:
                    books.Entry("VE", Iso(day), $"AV{i}", Books.Client(client, -net, letter), Books.At("706000", net));
                    break;
                case 1:
                    books.Invoice(client, Iso(day), $"FA{i}", net, letter);
                    books.Payment(client, later, random.Next(2) == 0 ? $"FA{i}" : $"V{i}", net * 1.2m / 2, letter);
                    break;
                case 2:
                    books.Entry("OD", Iso(day), $"P{i}", Books.Client(client, -net, letter), Books.At("654000", net));
                    break;
                case 3:
                    books.Entry("AC", Iso(day), $"L{i}", Books.At("613000", net), Books.At("512000", -net));
                    break;
                case 4:
                    books.Entry("CS", Iso(day), $"Z{i}", Books.At("530000", net), Books.At("707000", -net));
                    break;
                default:
                    books.Invoice(client, Iso(day), $"FA{i}", net, letter);
                    books.Payment(client, later, $"V{i}", net * 1.2m, letter);
                    break;
            }
        }
        return books;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    private static void ForAllBooks(Func<Books, Random, bool> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => property(RandomBooks(seed), new Random(seed ^ 77)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_order_of_entries_changes_nothing() =>
        ForAllBooks(
            (books, random) =>
            {
                var shuffled = books.Entries.ToArray();
                random.Shuffle(shuffled);
                return Books.ReadText(Books.Text(shuffled)).Facts() == books.Read().Facts();
            }
        );

    [Fact]
    public void A_file_cut_between_any_two_lines_is_the_same_ledger() =>
        ForAllBooks(
            (books, random) =>
            {
                var lines = books.Entries.SelectMany(e => e).ToList();
                var cuts = new[] { random.Next(lines.Count + 1), random.Next(lines.Count + 1) }.Order().ToArray();
                List<string>[] pieces = [lines[..cuts[0]], lines[cuts[0]..cuts[1]], lines[cuts[1]..]];
                var sources = pieces.Where(p => p.Count > 0).Select((p, i) => Books.Source(Books.Text([p]), $"123456789FEC20251231_{i}.txt")).ToList();
                var whole = books.Read();
                return Ledger.Read(sources).Facts(whole.LastEntry) == whole.Facts();
            }
        );

    [Fact]
    public void The_order_of_the_files_changes_nothing() =>
        ForAllBooks(
            (books, random) =>
            {
                var half = books.Entries.Count / 2;
                LedgerSource[] sources = [Books.Source(Books.Text(books.Entries.Take(half + 1))), Books.Source(Books.Text(books.Entries.Skip(half + 1)) is var rest && rest.Length > Books.Header.Length + 1 ? rest : Books.Text(books.Entries.Take(1)))];
                return Ledger.Read(sources).Facts() == Ledger.Read([sources[1], sources[0]]).Facts();
            }
        );

    [Fact]
    public void A_year_that_opens_with_the_balances_of_the_last_is_the_same_ledger()
    {
        // The second file repeats, line by line, what was open at the end of the first: as accounting programs do.
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    var first = new Books();
                    var second = new Books();
                    var whole = new Books();
                    var bank = 0m;
                    var openings = new List<(string Reference, Books.Line Line)>();
                    var later = new List<Action<Books>>();
                    for (var i = 0; i < random.Next(1, 20); i++)
                    {
                        var client = "C" + random.Next(4);
                        var net = random.Next(1, 5) * 100m;
                        var letter = $"A{(char)('A' + i)}";
                        var invoiced = new DateOnly(2024, 10, 1).AddDays(i * 4);
                        var paid = invoiced.AddDays(random.Next(5, 150));
                        var (reference, transfer) = ($"FA{i}", $"V{i}");
                        var paidInTime = paid.Year == 2024;
                        // Exported at the year's end, the first file does not know the letters of what is paid later.
                        first.Invoice(client, Iso(invoiced), reference, net, paidInTime ? letter : "");
                        whole.Invoice(client, Iso(invoiced), reference, net, letter);
                        whole.Payment(client, Iso(paid), transfer, net * 1.2m, letter);
                        if (paidInTime)
                        {
                            first.Payment(client, Iso(paid), transfer, net * 1.2m, letter);
                            bank += net * 1.2m;
                        }
                        else
                        {
                            openings.Add((reference, Books.Client(client, net * 1.2m, letter)));
                            later.Add(b => b.Payment(client, Iso(paid), transfer, net * 1.2m, letter));
                        }
                    }
                    foreach (var (reference, line) in openings)
                    {
                        second.Numbered("AN", "AN1", "20250101", reference, line);
                    }
                    // What each bank account holds is carried over as well.
                    second.Numbered("AN", "AN1", "20250101", "x", Books.At("512000", bank), Books.At("110000", -bank - openings.Sum(o => o.Line.Amount)));
                    second.Entry("OD", "20251231", "fin", Books.At("628000", 0.01m), Books.At("467000", -0.01m));
                    whole.Entry("OD", "20251231", "fin", Books.At("628000", 0.01m), Books.At("467000", -0.01m));
                    later.ForEach(b => b(second));
                    var years = Ledger.Read([Books.Source(first.Text(), "123456789FEC20241231.txt"), Books.Source(second.Text(), "123456789FEC20251231.txt")]);
                    return years.Facts() == whole.Read().Facts();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void A_large_file_read_by_several_threads_says_what_one_thread_says()
    {
        var books = new Books();
        var random = new Random(3);
        for (var i = 0; i < 12_000; i++)
        {
            var day = Iso(new DateOnly(2024, 1, 1).AddDays(i / 20));
            var letter = $"{(char)('A' + (i / 676 % 26))}{(char)('A' + (i / 26 % 26))}{(char)('A' + (i % 26))}";
            books.Invoice($"C{random.Next(300)}", day, $"FA{i}", random.Next(100, 9999), letter);
            if (random.Next(4) > 0)
            {
                books.Payment($"C{random.Next(300)}", day, $"V{i}", random.Next(100, 9999), letter);
            }
        }
        var bytes = Encoding.UTF8.GetBytes(books.Text());
        bytes.Length.ShouldBeGreaterThan(5 << 20);
        var one = Ledger.Read([Books.Source(bytes)], threads: 1).Facts();
        foreach (var threads in (int[])[2, 3, 4])
        {
            Ledger.Read([Books.Source(bytes)], threads: threads).Facts().ShouldBe(one);
        }
    }
}
