// SPDX-License-Identifier: Apache-2.0

/**
 * The edge of the server: which requests are let in, and how errors are told.
 */
@NullMarked
package io.governance.configserver.web;

import org.jspecify.annotations.NullMarked;
