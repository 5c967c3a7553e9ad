using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Platform.Cli;

return await CommandLine.Run(args, Diagnosis.Description, Diagnosis.Verbs);
