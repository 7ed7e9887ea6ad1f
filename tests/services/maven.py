"""Java programs that are published as libraries, fetched with all they need by Maven."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.services import apt
from tests.services.unavailable import UnavailableError

GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"


@dataclass(frozen=True, slots=True)
class Artifact:
    """The coordinates of a library."""

    group: str
    name: str
    version: str


def class_path(artifact: Artifact, cache: Path) -> str:
    """The class path of an artifact and its closure, for `java -cp`.

    The jars stay in Maven's own repository; the cache keeps only the answer, which is asked for
    again when one of them has gone.

    Raises:
        UnavailableError: Maven is missing or could not resolve the artifact.
    """
    folder = cache / "maven" / f"{artifact.name}-{artifact.version}"
    answer = folder / "classpath"
    if not (answer.exists() and _whole(answer.read_text())):
        folder.mkdir(parents=True, exist_ok=True)
        _resolve(artifact, folder, answer)
    return answer.read_text()


def _whole(path: str) -> bool:
    return all(Path(jar).exists() for jar in path.split(os.pathsep))


def _resolve(artifact: Artifact, folder: Path, answer: Path) -> None:
    pom = folder / "pom.xml"
    pom.write_text(_pom(artifact))
    maven = apt.provide("mvn", "maven")
    wanted = ("-DincludeScope=runtime", f"-Dmdep.outputFile={answer}")
    done = subprocess.run(
        [maven, "-B", "-q", "--strict-checksums", "-f", pom, GOAL, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"Maven could not fetch {artifact.name} {artifact.version}: {done.stdout[-2000:]}"
        raise UnavailableError(message)


def _pom(artifact: Artifact) -> str:
    return f"""\
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>headwater</groupId>
  <artifactId>{artifact.name}-for-tests</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>{artifact.group}</groupId>
      <artifactId>{artifact.name}</artifactId>
      <version>{artifact.version}</version>
    </dependency>
  </dependencies>
</project>
"""
