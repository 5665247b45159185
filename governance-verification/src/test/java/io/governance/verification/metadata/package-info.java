// SPDX-License-Identifier: Apache-2.0

/**
 * Configuration metadata and the lists of auto-configurations: complete, in all modules.
 */
@NullMarked
package io.governance.verification.metadata;

import org.jspecify.annotations.NullMarked;
