"""The keys that SARIF 2.1.0 has for the objects that decide what counts.

A misspelt ``level`` or ``toolExecutionNotifications`` would read as one that is absent, so these objects are closed, as
the schema closes them; extensions belong under ``properties``.
"""

from __future__ import annotations

from typing import Final


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


RUN: Final = _keys(
    "tool invocations conversion language versionControlProvenance originalUriBaseIds artifacts logicalLocations "
    "graphs results automationDetails runAggregates baselineGuid redactionTokens defaultEncoding "
    "defaultSourceLanguage newlineSequences columnKind externalPropertyFileReferences threadFlowLocations taxonomies "
    "addresses translations policies webRequests webResponses specialLocations properties"
)
TOOL: Final = _keys("driver extensions properties")
COMPONENT: Final = _keys(
    "guid name organization product productSuite shortDescription fullDescription fullName version semanticVersion "
    "dottedQuadFileVersion releaseDateUtc downloadUri informationUri globalMessageStrings notifications rules taxa "
    "locations language contents isComprehensive localizedDataSemanticVersion "
    "minimumRequiredLocalizedDataSemanticVersion associatedComponent translationMetadata supportedTaxonomies "
    "properties"
)
RULE: Final = _keys(
    "id deprecatedIds guid deprecatedGuids name deprecatedNames shortDescription fullDescription messageStrings "
    "defaultConfiguration helpUri help relationships properties"
)
CONFIGURATION: Final = _keys("enabled level rank parameters properties")
OVERRIDE: Final = _keys("configuration descriptor properties")
INVOCATION: Final = _keys(
    "commandLine arguments responseFiles startTimeUtc endTimeUtc exitCode ruleConfigurationOverrides "
    "notificationConfigurationOverrides toolExecutionNotifications toolConfigurationNotifications exitCodeDescription "
    "exitSignalName exitSignalNumber processStartFailureMessage executionSuccessful machine account processId "
    "executableLocation workingDirectory environmentVariables stdin stdout stderr stdoutStderr properties"
)
NOTIFICATION: Final = _keys("locations message level threadId timeUtc exception descriptor associatedRule properties")
RESULT: Final = _keys(
    "ruleId ruleIndex rule kind level message analysisTarget locations guid correlationGuid occurrenceCount "
    "partialFingerprints fingerprints stacks codeFlows graphs graphTraversals relatedLocations suppressions "
    "baselineState rank attachments hostedViewerUri workItemUris provenance fixes taxa webRequest webResponse "
    "properties"
)
SUPPRESSION: Final = _keys("guid kind status justification location properties")
