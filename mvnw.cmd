@echo off
rem Runs Maven: the mvn on the PATH, which has to be 3.8.5 or newer, else the release named below, which is downloaded once
rem from Apache's own archive, checked against its SHA-512 and kept in %USERPROFILE%\.m2\wrapper. MVNW_REPOURL names a mirror.
setlocal
set "VERSION=3.9.11"
set "SHA512=03e2d65d4483a3396980629f260e25cac0d8b6f7f2791e4dc20bc83f9514db8d0f05b0479e699a5f34679250c49c8e52e961262ded468a20de0be254d8207076"
set "MAVEN_PROJECTBASEDIR=%~dp0"
set "MAVEN_PROJECTBASEDIR=%MAVEN_PROJECTBASEDIR:~0,-1%"

if not defined MVNW_DOWNLOAD (
  where mvn >nul 2>nul && (
    call mvn %*
    exit /b %ERRORLEVEL%
  )
)

set "WRAPPER=%USERPROFILE%\.m2\wrapper"
if defined MAVEN_USER_HOME set "WRAPPER=%MAVEN_USER_HOME%\wrapper"
set "MAVEN=%WRAPPER%\apache-maven-%VERSION%"
if not exist "%MAVEN%\bin\mvn.cmd" (
  powershell -NoProfile -ExecutionPolicy Bypass -Command ^
    "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';" ^
    "$name = 'apache-maven-' + $env:VERSION + '-bin.zip';" ^
    "$url = 'https://archive.apache.org/dist/maven/maven-3/' + $env:VERSION + '/binaries/' + $name;" ^
    "if ($env:MVNW_REPOURL) { $url = $env:MVNW_REPOURL + '/org/apache/maven/apache-maven/' + $env:VERSION + '/' + $name };" ^
    "New-Item -ItemType Directory -Force $env:WRAPPER | Out-Null;" ^
    "$zip = Join-Path $env:WRAPPER ([guid]::NewGuid().ToString() + '.zip');" ^
    "Write-Host ('mvnw: downloading ' + $url);" ^
    "Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile $zip;" ^
    "$sum = (Get-FileHash -Algorithm SHA512 $zip).Hash;" ^
    "if ($sum -ne $env:SHA512) { Remove-Item $zip; throw ('mvnw: ' + $url + ' is not the Maven release expected: SHA-512 ' + $sum) };" ^
    "Expand-Archive $zip -DestinationPath $env:WRAPPER -Force; Remove-Item $zip"
  if errorlevel 1 exit /b 1
)
call "%MAVEN%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%
