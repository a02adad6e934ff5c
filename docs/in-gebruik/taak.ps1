# Run once in PowerShell as administrator: the register starts with Windows, as a user that may do next to nothing else.
# C:\klachten holds the program with its .venv, C:\ProgramData\klachten the register.
$map = 'C:\ProgramData\klachten'

# By number, since Windows calls these in its own language: S-1-5-19 is LOCAL SERVICE, S-1-5-32-544 the administrators.
icacls $map /inheritance:r /grant:r '*S-1-5-19:(OI)(CI)M' '*S-1-5-32-544:(OI)(CI)F'
[Environment]::SetEnvironmentVariable('KLACHTEN_DATA', $map, 'Machine')
[Environment]::SetEnvironmentVariable('PYTHONUTF8', '1', 'Machine')

$doe = New-ScheduledTaskAction -Execute 'C:\klachten\.venv\Scripts\python.exe' `
    -Argument '-m klachten start --eigen --poort 8501' -WorkingDirectory 'C:\klachten'
$wie = New-ScheduledTaskPrincipal -UserId 'LOCALSERVICE' -LogonType ServiceAccount
$hoe = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew `
    -RestartCount 10 -RestartInterval (New-TimeSpan -Minutes 1)
Register-ScheduledTask -TaskName 'klachten' -Action $doe -Principal $wie -Settings $hoe `
    -Trigger (New-ScheduledTaskTrigger -AtStartup)
