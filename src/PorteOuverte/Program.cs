using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Ledgers;

var r = DiagnoseLedgerHandler.Handle(new DiagnoseLedger([.. args.Select(LedgerSource.FromFile)]));
JsonReport.Write(Console.OpenStandardOutput(), r, (_, _) => "");
