// SPDX-License-Identifier: Apache-2.0

/**
 * At which levels a service logs, for a time: whatever ends the rule, the loggers return
 * to what they had before. Not for levels that are meant to stay: those are
 * configuration.
 */
@NullMarked
package io.governance.observation.loglevel;

import org.jspecify.annotations.NullMarked;
