// SPDX-License-Identifier: Apache-2.0

/**
 * The config server program: it serves a directory of YAML and properties files by the
 * Spring Cloud Config protocol and tells waiting clients when what they are served has
 * changed.
 */
@NullMarked
package io.governance.configserver;

import org.jspecify.annotations.NullMarked;
