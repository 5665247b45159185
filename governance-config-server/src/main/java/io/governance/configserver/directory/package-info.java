// SPDX-License-Identifier: Apache-2.0

/**
 * A directory of configuration files as an immutable snapshot that a scanner replaces
 * when the files change. Requests only look names up in the snapshot; no path is ever
 * built from what a client sends.
 */
@NullMarked
package io.governance.configserver.directory;

import org.jspecify.annotations.NullMarked;
